//! The door to the log of messages, and to what codes of sources stand for.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum_extra::extract::Query;
use px360_domain::ids::SourceId;
use px360_domain::integrations::{
    EventFilter, EventPage, EventReason, EventStatus, MappingSet, Mappings, ReplayEvents, Replayed,
    SetMapping,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{Body, ProblemBody};

/// The routes of this file.
pub(super) fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(replay_many))
        .routes(routes!(mappings, set))
        .routes(routes!(remove))
}

/// The log of messages within the caller's reach, newest first. A source sees its own.
#[utoipa::path(
    get,
    path = "/api/integrations/events/",
    tag = "integrations",
    params(
        ("status" = Option<EventStatus>, Query, description = "Where they stand."),
        ("reason" = Option<EventReason>, Query, description = "Why they are parked or ignored."),
        ("source_id" = Option<SourceId>, Query, description = "Whose they are."),
        ("hospital" = Option<String>, Query, description = "Our code of the hospital."),
        ("encounter_id" = Option<String>, Query, description = "The visit number."),
        ("event_code" = Option<String>, Query, description = "What happened, for example `A03`."),
        ("limit" = Option<u16>, Query, description = "How many, 1 to 200; 50 when absent."),
        ("cursor" = Option<String>, Query, description = "The `next_cursor` of the page before."),
    ),
    responses(
        (status = 200, description = "One page.", body = EventPage),
        (status = 400, description = "A filter that cannot be read.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 422, description = "A cursor that is not ours, a limit out of range, or a filter that is too long.", body = ProblemBody),
    ),
    security(("api_key" = []), ("bearer" = [])),
)]
async fn list(ctx: Ctx, Query(filter): Query<EventFilter>) -> Result<Json<EventPage>> {
    Ok(Json(super::events(&ctx, filter).await?))
}

/// Runs every parked, ignored or dead message that is meant once more.
#[utoipa::path(
    post,
    path = "/api/integrations/events/replay/",
    tag = "integrations",
    request_body(content = ReplayEvents, example = json!({ "reason": "unknown_encounter" })),
    responses(
        (status = 202, description = "They are in the inbox again.", body = Replayed),
        (status = 400, description = "The body is no JSON.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 422, description = "Nothing is said of which, or a status that does not run again.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn replay_many(
    ctx: Ctx,
    Body(cmd): Body<ReplayEvents>,
) -> Result<(StatusCode, Json<Replayed>)> {
    Ok((StatusCode::ACCEPTED, Json(super::replay_events(&ctx, cmd).await?)))
}

/// The codes of sources that messages wait for, and those that are mapped.
#[utoipa::path(
    get,
    path = "/api/integrations/mappings/",
    tag = "integrations",
    responses(
        (status = 200, description = "Both lists.", body = Mappings),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn mappings(ctx: Ctx) -> Result<Json<Mappings>> {
    Ok(Json(super::mappings(&ctx).await?))
}

/// Says what a code of a source stands for; whatever waits for it goes on.
#[utoipa::path(
    post,
    path = "/api/integrations/mappings/",
    tag = "integrations",
    request_body(content = SetMapping, example = json!({
        "source_id": "01936000-0000-7000-8000-000000000001",
        "hospital_id": "01936000-0000-7000-8000-000000000002",
        "kind": "event", "code": "ZADM", "event_code": "A01"
    })),
    responses(
        (status = 200, description = "The mapping, and how many messages it let go on.", body = MappingSet),
        (status = 400, description = "The body is no JSON.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such hospital or source within reach.", body = ProblemBody),
        (status = 422, description = "A code that is none, or no target, or several.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn set(ctx: Ctx, Body(cmd): Body<SetMapping>) -> Result<Json<MappingSet>> {
    Ok(Json(super::set_mapping(&ctx, cmd).await?))
}

/// Takes a mapping away. What was applied with it stays as it is.
#[utoipa::path(
    delete,
    path = "/api/integrations/mappings/{id}/",
    tag = "integrations",
    params(("id" = Uuid, Path, description = "Which mapping.")),
    responses(
        (status = 204, description = "It is gone."),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such mapping within reach.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn remove(ctx: Ctx, Path(id): Path<Uuid>) -> Result<StatusCode> {
    super::remove_mapping(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
