//! The door for sources, and for people who look at what messages did.

use axum::Json;
use axum::extract::{DefaultBodyLimit, Path};
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use px360_domain::ids::EventId;
use px360_domain::integrations::{EventFormat, EventReceipt, EventView, REQUEST_BYTES_MAX, fhir};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acknowledge::acknowledge;
use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{EventBody, ProblemBody};

/// The routes of this module.
pub fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new()
        .routes(routes!(receive))
        .layer(DefaultBodyLimit::max(REQUEST_BYTES_MAX))
        .routes(routes!(view))
        .routes(routes!(replay))
        .merge(super::api_log::router())
        .merge(super::api_sources::router())
}

/// Hands in events: one JSON object, an array of objects, or NDJSON.
///
/// The answer comes after every message is committed. Sending a message again under the same
/// `source_event_id` is safe and answers `duplicate`.
#[utoipa::path(
    post,
    path = "/api/integrations/events/",
    tag = "integrations",
    request_body(
        content_type = "application/json",
        description = "At most 4 MiB and 1,000 events. `application/x-ndjson` takes one event a line, \
            `application/hl7-v2` HL7 v2 messages in ER7, `application/fhir+json` an Encounter, a Patient or a \
            Bundle of FHIR R4.",
        content = serde_json::Value,
        example = json!({
            "source_event_id": "HIS-20261123-000001",
            "event_code": "OPD_CONSULTED",
            "occurred_at": "2026-11-23T10:15:00+03:00",
            "encounter_id": "OPD-778812",
            "hospital": "RYD",
            "department": "CARD",
            "physician": "SCFHS-10002",
            "patient": {
                "mrn": "100045", "national_id": "1058529940", "name_ar": "سارة القحطاني",
                "name_en": "Sara Alqahtani", "mobile": "0512345678", "email": "sara@example.sa",
                "language": "ar", "birth_date": "2019-04-12", "sex": "female",
                "guardian_name": "هند الشهري", "guardian_relation": "mother", "guardian_mobile": "0512345679"
            },
            "data": {}
        }),
    ),
    responses(
        (
            status = 202,
            description = "One item for each event, in order. HL7 v2 is acknowledged in HL7 v2, unless the \
                request accepts JSON only; FHIR is answered with an OperationOutcome or a Bundle of responses.",
            body = EventReceipt
        ),
        (status = 400, description = "The body is no JSON.", body = ProblemBody),
        (status = 401, description = "No such key.", body = ProblemBody),
        (status = 403, description = "Only sources send events.", body = ProblemBody),
        (status = 413, description = "More than 4 MiB.", body = ProblemBody),
        (status = 415, description = "None of these formats.", body = ProblemBody),
        (status = 422, description = "No events, or too many.", body = ProblemBody),
        (status = 429, description = "Too busy; come again.", body = ProblemBody),
    ),
    security(("api_key" = [])),
)]
async fn receive(ctx: Ctx, headers: HeaderMap, body: EventBody) -> Result<Response> {
    match body.format {
        EventFormat::Json => {
            let receipt = super::receive_events(&ctx, super::split(body.text()?)?).await?;
            Ok((StatusCode::ACCEPTED, Json(receipt)).into_response())
        }
        EventFormat::Hl7v2 => receive_hl7(&ctx, &headers, &body).await,
        EventFormat::Fhir => {
            let (events, envelope) = super::split_fhir(body.text()?)?;
            let receipt = super::receive_events(&ctx, events).await?;
            let answer = fhir::answer(&receipt, envelope).to_string();
            let kind = [(CONTENT_TYPE, "application/fhir+json")];
            Ok((StatusCode::ACCEPTED, kind, answer).into_response())
        }
    }
}

async fn receive_hl7(ctx: &Ctx, headers: &HeaderMap, body: &EventBody) -> Result<Response> {
    let events = super::split_hl7(&body.bytes)?;
    let payloads: Vec<String> = events.iter().map(|event| event.payload.clone()).collect();
    let receipt = super::receive_events(ctx, events).await?;
    let accepts = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accepts.trim().eq_ignore_ascii_case("application/json") {
        return Ok((StatusCode::ACCEPTED, Json(receipt)).into_response());
    }
    let answered = payloads.iter().zip(&receipt.items);
    let acks: Vec<String> =
        answered.filter_map(|(payload, item)| acknowledge(ctx, payload, item)).collect();
    let kind = [(CONTENT_TYPE, "application/hl7-v2; charset=utf-8")];
    Ok((StatusCode::ACCEPTED, kind, acks.concat()).into_response())
}

/// Shows one stored event and what it did.
#[utoipa::path(
    get,
    path = "/api/integrations/events/{id}/",
    tag = "integrations",
    params(("id" = EventId, Path, description = "The `event_id` of the receipt.")),
    responses(
        (status = 200, description = "The event and its effects.", body = EventView),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such event within reach.", body = ProblemBody),
    ),
    security(("api_key" = []), ("bearer" = [])),
)]
async fn view(ctx: Ctx, Path(id): Path<EventId>) -> Result<Json<EventView>> {
    Ok(Json(super::view_event(&ctx, id).await?))
}

/// Runs a parked, ignored or dead event once more.
#[utoipa::path(
    post,
    path = "/api/integrations/events/{id}/replay/",
    tag = "integrations",
    params(("id" = EventId, Path, description = "The `event_id` of the receipt.")),
    responses(
        (status = 202, description = "It is in the inbox again."),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such event within reach.", body = ProblemBody),
        (status = 409, description = "It did its work, or was rejected.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn replay(ctx: Ctx, Path(id): Path<EventId>) -> Result<StatusCode> {
    super::replay_event(&ctx, id).await?;
    Ok(StatusCode::ACCEPTED)
}
