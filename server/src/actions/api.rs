//! The door for scripts.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum_extra::extract::Query;
use px360_domain::actions::{
    ActionDetail, ActionFilter, ActionList, ActionOrder, CloseAction, DecideAction, NoteAction,
    StartAction,
};
use px360_domain::ids::ActionId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{Body, ProblemBody};

/// The routes of this module.
pub fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(detail))
        .routes(routes!(start))
        .routes(routes!(close))
        .routes(routes!(decide))
        .routes(routes!(note))
}

/// Lists actions within the caller's reach, nearest deadline first unless `sort` says otherwise.
#[utoipa::path(
    get,
    path = "/api/actions/",
    tag = "actions",
    params(
        ("status" = Option<Vec<String>>, Query, description = "Any of `open`, `in_progress`, `pending_approval`, `closed`; repeat for more. Absent: all but `closed`."),
        ("hospital" = Option<String>, Query, description = "The code of a hospital."),
        ("overdue" = Option<bool>, Query, description = "Only what is past its running deadline."),
        ("mine" = Option<bool>, Query, description = "Only what the caller owns."),
        ("sort" = inline(Option<ActionOrder>), Query, description = "The order; `due`, nearest deadline first, when absent."),
        ("limit" = Option<u16>, Query, description = "How many rows, 1 to 200; 50 when absent."),
        ("cursor" = Option<String>, Query, description = "The `next_cursor` of the page before."),
    ),
    responses(
        (status = 200, description = "One page.", body = ActionList),
        (status = 400, description = "A filter that cannot be read.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 422, description = "A cursor that is not ours, or a limit out of range.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn list(ctx: Ctx, Query(filter): Query<ActionFilter>) -> Result<Json<ActionList>> {
    Ok(Json(super::list(&ctx, filter).await?))
}

/// Shows one action with its timeline.
#[utoipa::path(
    get,
    path = "/api/actions/{id}/",
    tag = "actions",
    params(("id" = ActionId, Path, description = "Which action.")),
    responses(
        (status = 200, description = "The action.", body = ActionDetail),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such action within reach.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn detail(ctx: Ctx, Path(id): Path<ActionId>) -> Result<Json<ActionDetail>> {
    Ok(Json(super::detail(&ctx, id).await?))
}

/// Starts an action.
#[utoipa::path(
    post,
    path = "/api/actions/{id}/start/",
    tag = "actions",
    params(("id" = ActionId, Path, description = "Which action.")),
    request_body(content = StartAction, example = json!({"version": 1})),
    responses(
        (status = 204, description = "Started."),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such action within reach.", body = ProblemBody),
        (status = 409, description = "Stale version, or not open.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn start(
    ctx: Ctx,
    Path(id): Path<ActionId>,
    Body(cmd): Body<StartAction>,
) -> Result<StatusCode> {
    super::start(&ctx, id, cmd).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Closes an action, or asks for its closing when it is severe.
#[utoipa::path(
    post,
    path = "/api/actions/{id}/close/",
    tag = "actions",
    params(("id" = ActionId, Path, description = "Which action.")),
    request_body(content = CloseAction, example = json!({"version": 2, "resolution": "Called and apologised."})),
    responses(
        (status = 204, description = "Closed, or waiting for approval."),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such action within reach.", body = ProblemBody),
        (status = 409, description = "Stale version, or not in progress.", body = ProblemBody),
        (status = 422, description = "No resolution.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn close(
    ctx: Ctx,
    Path(id): Path<ActionId>,
    Body(cmd): Body<CloseAction>,
) -> Result<StatusCode> {
    super::close(&ctx, id, cmd).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Approves the closing of a severe action, or sends it back.
#[utoipa::path(
    post,
    path = "/api/actions/{id}/decide/",
    tag = "actions",
    params(("id" = ActionId, Path, description = "Which action.")),
    request_body(content = DecideAction, example = json!({"version": 3, "approve": true, "reason": ""})),
    responses(
        (status = 204, description = "Decided."),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such action within reach.", body = ProblemBody),
        (status = 409, description = "Stale version, not waiting, or four eyes.", body = ProblemBody),
        (status = 422, description = "Rejected without a reason.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn decide(
    ctx: Ctx,
    Path(id): Path<ActionId>,
    Body(cmd): Body<DecideAction>,
) -> Result<StatusCode> {
    super::decide(&ctx, id, cmd).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Writes a note on an action's timeline.
#[utoipa::path(
    post,
    path = "/api/actions/{id}/notes/",
    tag = "actions",
    params(("id" = ActionId, Path, description = "Which action.")),
    request_body(content = NoteAction, example = json!({"text": "Called, no answer."})),
    responses(
        (status = 204, description = "Written."),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such action within reach.", body = ProblemBody),
        (status = 422, description = "No text, or too much.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn note(
    ctx: Ctx,
    Path(id): Path<ActionId>,
    Body(cmd): Body<NoteAction>,
) -> Result<StatusCode> {
    super::note(&ctx, id, cmd).await?;
    Ok(StatusCode::NO_CONTENT)
}
