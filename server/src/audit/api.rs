//! The door for scripts and for systems that keep logs.

use axum::Json;
use axum_extra::extract::Query;
use px360_domain::audit::{AuditFilter, AuditPage, Outcome};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::ProblemBody;

/// The routes of this module.
pub fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new().routes(routes!(events))
}

/// The audit log within the caller's reach, newest first.
#[utoipa::path(
    get,
    path = "/api/audit/events/",
    tag = "audit",
    params(
        ("actor" = Option<String>, Query, description = "Who: a username, or the id of a source or survey."),
        ("entity" = Option<String>, Query, description = "The word for the thing, for example `action`."),
        ("entity_id" = Option<String>, Query, description = "Which one."),
        ("action" = Option<String>, Query, description = "What was done, for example `action.closed`, or `action` for everything done to actions."),
        ("outcome" = Option<Outcome>, Query, description = "Done, or refused."),
        ("from" = Option<String>, Query, description = "Not before this instant (RFC 3339)."),
        ("until" = Option<String>, Query, description = "Before this instant (RFC 3339)."),
        ("limit" = Option<u16>, Query, description = "How many, 1 to 200; 50 when absent."),
        ("cursor" = Option<String>, Query, description = "The `next_cursor` of the page before."),
    ),
    responses(
        (status = 200, description = "One page.", body = AuditPage),
        (status = 400, description = "A filter that cannot be read.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 422, description = "A cursor that is not ours, a limit out of range, or a period that ends before it begins.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn events(ctx: Ctx, Query(filter): Query<AuditFilter>) -> Result<Json<AuditPage>> {
    Ok(Json(super::events(&ctx, filter).await?))
}
