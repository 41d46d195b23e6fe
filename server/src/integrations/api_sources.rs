//! The door to sources, to raw messages, to the test bench, and to what a template would have made of them.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use px360_domain::ids::{EventId, JourneyTemplateId, SourceId};
use px360_domain::integrations::{
    RawEventView, SaveSource, SourceKey, SourceList, Tried, TryMessages,
};
use px360_domain::journeys::template::PublishPreview;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{Body, ProblemBody};

/// The routes of this file.
pub(super) fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(update))
        .routes(routes!(renew_key))
        .routes(routes!(raw))
        .routes(routes!(try_out))
        .routes(routes!(preview))
}

/// The systems that send for a hospital within reach, and how they do.
#[utoipa::path(
    get,
    path = "/api/integrations/sources/",
    tag = "integrations",
    responses(
        (status = 200, description = "The sources.", body = SourceList),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn list(ctx: Ctx) -> Result<Json<SourceList>> {
    Ok(Json(super::sources(&ctx).await?))
}

/// Makes a source; its key is in the answer and nowhere else.
#[utoipa::path(
    post,
    path = "/api/integrations/sources/",
    tag = "integrations",
    request_body(content = SaveSource, example = json!({
        "code": "riyadh-his", "name": "Riyadh HIS", "active": true,
        "sending_application": "HIS", "sending_facility": "RYD", "retention_days": 90,
        "silence_minutes_max": 30, "failure_percent_max": 5
    })),
    responses(
        (status = 201, description = "The source and its key.", body = SourceKey),
        (status = 400, description = "The body is no JSON.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 422, description = "A field that cannot be, or is taken.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn create(ctx: Ctx, Body(cmd): Body<SaveSource>) -> Result<(StatusCode, Json<SourceKey>)> {
    Ok((StatusCode::CREATED, Json(super::create_source(&ctx, cmd).await?)))
}

/// Says anew what a source is. Its code stays what it was.
#[utoipa::path(
    put,
    path = "/api/integrations/sources/{id}/",
    tag = "integrations",
    params(("id" = SourceId, Path, description = "Which source.")),
    request_body(content = SaveSource, example = json!({
        "code": "riyadh-his", "name": "Riyadh HIS", "active": false, "lock_version": 1
    })),
    responses(
        (status = 204, description = "It is kept."),
        (status = 400, description = "The body is no JSON.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such source within reach.", body = ProblemBody),
        (status = 409, description = "Stale version.", body = ProblemBody),
        (status = 422, description = "A field that cannot be, or is taken.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn update(
    ctx: Ctx,
    Path(id): Path<SourceId>,
    Body(cmd): Body<SaveSource>,
) -> Result<StatusCode> {
    super::update_source(&ctx, id, cmd).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a source another key; the old one is refused a few seconds later.
#[utoipa::path(
    post,
    path = "/api/integrations/sources/{id}/key/",
    tag = "integrations",
    params(("id" = SourceId, Path, description = "Which source.")),
    responses(
        (status = 200, description = "The new key.", body = SourceKey),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such source within reach.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn renew_key(ctx: Ctx, Path(id): Path<SourceId>) -> Result<Json<SourceKey>> {
    Ok(Json(super::renew_source_key(&ctx, id).await?))
}

/// The content of one message as it came. That somebody looked is remembered.
#[utoipa::path(
    get,
    path = "/api/integrations/events/{id}/raw/",
    tag = "integrations",
    params(("id" = EventId, Path, description = "The `event_id` of the receipt.")),
    responses(
        (status = 200, description = "The content, unless it was forgotten.", body = RawEventView),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such event within reach.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn raw(ctx: Ctx, Path(id): Path<EventId>) -> Result<Json<RawEventView>> {
    Ok(Json(super::view_raw_event(&ctx, id).await?))
}

/// What messages of any format would do if a source sent them now. Nothing of it is kept.
#[utoipa::path(
    post,
    path = "/api/integrations/test/",
    tag = "integrations",
    request_body(content = TryMessages, example = json!({
        "source_id": "01936000-0000-7000-8000-000000000001",
        "payload": "MSH|^~\\&|HIS|RYD|PX360|PX360|20261123101500||ADT^A04|42|P|2.5\rPID|||100045^^^RYD^MR\rPV1||O"
    })),
    responses(
        (status = 200, description = "What each message would do, and how the journeys would stand.", body = Tried),
        (status = 400, description = "The body is no JSON, or the payload should be and is not.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such source, or template, within reach.", body = ProblemBody),
        (status = 422, description = "No messages, or too many.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn try_out(ctx: Ctx, Body(cmd): Body<TryMessages>) -> Result<Json<Tried>> {
    Ok(Json(super::try_messages(&ctx, cmd).await?))
}

/// What publishing a draft would mean: the differences, who stays behind, and the last seven days with it.
#[utoipa::path(
    get,
    path = "/api/journeys/templates/{id}/preview/",
    tag = "journeys",
    params(("id" = JourneyTemplateId, Path, description = "Which version.")),
    responses(
        (status = 200, description = "The preview. Nothing of it is kept.", body = PublishPreview),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such version within reach.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn preview(ctx: Ctx, Path(id): Path<JourneyTemplateId>) -> Result<Json<PublishPreview>> {
    Ok(Json(super::preview(&ctx, id).await?))
}
