//! The door to rules about how often patients are asked.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use px360_domain::ids::FatigueRuleId;
use px360_domain::notifications::{FatigueRuleList, SetFatigueRule};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{Body, ProblemBody};

/// The routes of this file.
pub(super) fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(remove))
}

/// All rules within reach: the group's, and those of the caller's hospitals.
#[utoipa::path(
    get,
    path = "/api/notifications/rules/",
    tag = "notifications",
    responses(
        (status = 200, description = "The rules.", body = FatigueRuleList),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn list(ctx: Ctx) -> Result<Json<FatigueRuleList>> {
    Ok(Json(super::fatigue_rules(&ctx).await?))
}

/// Makes a rule; it holds from the next message on.
#[utoipa::path(
    post,
    path = "/api/notifications/rules/",
    tag = "notifications",
    request_body(content = SetFatigueRule, example = json!({
        "invitations_max": 2, "window_days": 30, "gap_days": 7
    })),
    responses(
        (status = 201, description = "The id of the rule.", body = FatigueRuleId),
        (status = 400, description = "The body is no JSON.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed for the whole group.", body = ProblemBody),
        (status = 404, description = "No such hospital within reach.", body = ProblemBody),
        (status = 422, description = "A number out of range, or a rule that says nothing.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn create(
    ctx: Ctx,
    Body(cmd): Body<SetFatigueRule>,
) -> Result<(StatusCode, Json<FatigueRuleId>)> {
    Ok((StatusCode::CREATED, Json(super::create_fatigue_rule(&ctx, cmd).await?)))
}

/// Takes a rule away; messages that it stopped stay stopped.
#[utoipa::path(
    delete,
    path = "/api/notifications/rules/{id}/",
    tag = "notifications",
    params(("id" = FatigueRuleId, Path, description = "Which rule.")),
    responses(
        (status = 204, description = "It is gone."),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed for the whole group.", body = ProblemBody),
        (status = 404, description = "No such rule within reach.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn remove(ctx: Ctx, Path(id): Path<FatigueRuleId>) -> Result<StatusCode> {
    super::remove_fatigue_rule(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
