//! The door for sources, and for people who look at what messages did.

use axum::Json;
use axum::extract::{DefaultBodyLimit, Path};
use axum::http::StatusCode;
use px360_domain::ids::EventId;
use px360_domain::integrations::{EventReceipt, EventView, REQUEST_BYTES_MAX};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{ProblemBody, TextBody};

/// The routes of this module.
pub fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new()
        .routes(routes!(receive))
        .layer(DefaultBodyLimit::max(REQUEST_BYTES_MAX))
        .routes(routes!(view))
        .routes(routes!(replay))
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
        description = "At most 4 MiB and 1,000 events.",
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
                "language": "ar", "birth_date": "1990-04-12", "sex": "female"
            },
            "data": {}
        }),
    ),
    responses(
        (status = 202, description = "One item for each event, in order.", body = EventReceipt),
        (status = 400, description = "The body is no JSON.", body = ProblemBody),
        (status = 401, description = "No such key.", body = ProblemBody),
        (status = 403, description = "Only sources send events.", body = ProblemBody),
        (status = 413, description = "More than 4 MiB.", body = ProblemBody),
        (status = 415, description = "Neither JSON nor NDJSON.", body = ProblemBody),
        (status = 422, description = "No events, or too many.", body = ProblemBody),
        (status = 429, description = "Too busy; come again.", body = ProblemBody),
    ),
    security(("api_key" = [])),
)]
async fn receive(ctx: Ctx, TextBody(body): TextBody) -> Result<(StatusCode, Json<EventReceipt>)> {
    let receipt = super::receive_events(&ctx, super::split(&body)?).await?;
    Ok((StatusCode::ACCEPTED, Json(receipt)))
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
