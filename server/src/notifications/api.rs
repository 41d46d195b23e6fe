//! The door for scripts and other inboxes.

use axum::Json;
use axum::http::StatusCode;
use axum_extra::extract::Query;
use px360_domain::ids::SurveyTemplateId;
use px360_domain::notifications::{
    Channel, DeliveryFilter, DeliveryPage, Inbox, InboxFilter, NotificationStatus, ReadNotices,
    SuppressionReason,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{Body, ProblemBody};

/// The routes of this module.
pub fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new()
        .routes(routes!(inbox))
        .routes(routes!(mark_read))
        .routes(routes!(log))
        .merge(super::api_pauses::router())
        .merge(super::api_receipts::router())
        .merge(super::api_rules::router())
}

/// What the caller was told, newest first.
#[utoipa::path(
    get,
    path = "/api/notifications/inbox/",
    tag = "notifications",
    params(
        ("unread" = Option<bool>, Query, description = "Only what is not read."),
        ("limit" = Option<u16>, Query, description = "How many, 1 to 200; 50 when absent."),
        ("cursor" = Option<String>, Query, description = "The `next_cursor` of the page before."),
    ),
    responses(
        (status = 200, description = "One page.", body = Inbox),
        (status = 400, description = "A filter that cannot be read.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not a person.", body = ProblemBody),
        (status = 422, description = "A cursor that is not ours, or a limit out of range.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn inbox(ctx: Ctx, Query(filter): Query<InboxFilter>) -> Result<Json<Inbox>> {
    Ok(Json(super::inbox(&ctx, filter).await?))
}

/// Marks messages as read.
#[utoipa::path(
    post,
    path = "/api/notifications/inbox/read/",
    tag = "notifications",
    request_body(content = ReadNotices, example = json!({"ids": [], "until": "2026-11-25T08:00:00Z"})),
    responses(
        (status = 204, description = "Read."),
        (status = 400, description = "Not JSON.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not a person.", body = ProblemBody),
        (status = 415, description = "Not application/json.", body = ProblemBody),
        (status = 422, description = "More than 200 ids.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn mark_read(ctx: Ctx, Body(cmd): Body<ReadNotices>) -> Result<StatusCode> {
    super::mark_read(&ctx, cmd).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What became of messages to patients, the latest first.
#[utoipa::path(
    get,
    path = "/api/notifications/logs/",
    tag = "notifications",
    params(
        ("hospital" = Option<String>, Query, description = "Our code of the hospital."),
        ("status" = Option<NotificationStatus>, Query, description = "Where they stand."),
        ("reason" = Option<SuppressionReason>, Query, description = "Why they were not sent."),
        ("channel" = Option<Channel>, Query, description = "The channel of the last attempt."),
        ("template_id" = Option<SurveyTemplateId>, Query, description = "The survey that they invite to."),
        ("limit" = Option<u16>, Query, description = "How many, 1 to 200; 50 when absent."),
        ("cursor" = Option<String>, Query, description = "The `next_cursor` of the page before."),
    ),
    responses(
        (status = 200, description = "One page. No entry holds a usable link.", body = DeliveryPage),
        (status = 400, description = "A filter that cannot be read.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 422, description = "A cursor that is not ours, a limit out of range, or a filter that is too long.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn log(ctx: Ctx, Query(filter): Query<DeliveryFilter>) -> Result<Json<DeliveryPage>> {
    Ok(Json(super::delivery_log(&ctx, filter).await?))
}
