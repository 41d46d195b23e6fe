//! The REST door of breaking the glass.

use axum::Json;
use axum::extract::Path;
use px360_domain::records::{BreakGlass, OpenGlass};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{Body, ProblemBody};

/// The routes of breaking the glass.
pub fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new().routes(routes!(break_glass))
}

/// Break the glass
///
/// Whoever sees patients masked sees who this one is, for half an hour. The purpose and the reason are kept in
/// the audit log.
#[utoipa::path(
    post,
    path = "/api/organizations/patients/{id}/break_glass/",
    tag = "patients",
    params(("id" = Uuid, Path, description = "Which patient.")),
    request_body(content = BreakGlass, example = json!({ "purpose": "treatment", "note": "The patient is back at the desk and asks for the results." })),
    responses(
        (status = 200, description = "Until when.", body = OpenGlass),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "Not there, or out of reach.", body = ProblemBody),
        (status = 422, description = "No reason, or a few letters only.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn break_glass(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Body(cmd): Body<BreakGlass>,
) -> Result<Json<OpenGlass>> {
    Ok(Json(super::break_glass(&ctx, id, cmd).await?))
}
