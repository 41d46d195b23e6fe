//! The door to stopping messages to patients.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use px360_domain::ids::DeliveryPauseId;
use px360_domain::notifications::{DeliveryPauseList, PauseDelivery};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{Body, ProblemBody};

/// The routes of this file.
pub(super) fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new().routes(routes!(list, pause)).routes(routes!(resume))
}

/// What stands still within reach.
#[utoipa::path(
    get,
    path = "/api/notifications/pauses/",
    tag = "notifications",
    responses(
        (status = 200, description = "The standing pauses.", body = DeliveryPauseList),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn list(ctx: Ctx) -> Result<Json<DeliveryPauseList>> {
    Ok(Json(super::delivery_pauses(&ctx).await?))
}

/// Stops messages to patients; those that are on their way arrive.
#[utoipa::path(
    post,
    path = "/api/notifications/pauses/",
    tag = "notifications",
    request_body(content = PauseDelivery, example = json!({
        "reason": "A wrong link went out this morning."
    })),
    responses(
        (status = 201, description = "The id of the pause.", body = DeliveryPauseId),
        (status = 400, description = "The body is no JSON.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed for the whole group.", body = ProblemBody),
        (status = 404, description = "No such hospital within reach.", body = ProblemBody),
        (status = 409, description = "They stand still already.", body = ProblemBody),
        (status = 422, description = "No reason, or one that is too long.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn pause(
    ctx: Ctx,
    Body(cmd): Body<PauseDelivery>,
) -> Result<(StatusCode, Json<DeliveryPauseId>)> {
    Ok((StatusCode::CREATED, Json(super::pause_delivery(&ctx, cmd).await?)))
}

/// Lets messages to patients go on; each is looked at anew.
#[utoipa::path(
    post,
    path = "/api/notifications/pauses/{id}/resume/",
    tag = "notifications",
    params(("id" = DeliveryPauseId, Path, description = "Which pause.")),
    responses(
        (status = 204, description = "They go on."),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed for the whole group.", body = ProblemBody),
        (status = 404, description = "No such pause within reach.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn resume(ctx: Ctx, Path(id): Path<DeliveryPauseId>) -> Result<StatusCode> {
    super::resume_delivery(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
