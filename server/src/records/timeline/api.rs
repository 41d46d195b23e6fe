//! The REST door of timelines.

use axum::Json;
use axum::extract::Path;
use axum_extra::extract::Query;
use px360_domain::records::{PatientTimeline, TimelineQuery};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::ProblemBody;

/// The routes of timelines.
pub fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new().routes(routes!(timeline))
}

/// What happened to a patient: encounters, completed stages, invitations (also those that were not sent, and
/// why), answers and actions, newest first. That it was looked at is remembered.
#[utoipa::path(
    get,
    path = "/api/organizations/patients/{id}/timeline/",
    tag = "patients",
    params(
        ("id" = Uuid, Path, description = "Which patient."),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before."),
        ("limit" = Option<u16>, Query, minimum = 1, maximum = 200, description = "How many, 50 when absent."),
    ),
    responses(
        (status = 200, description = "A page of it.", body = PatientTimeline),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed to see patients.", body = ProblemBody),
        (status = 404, description = "Not there, or out of reach.", body = ProblemBody),
        (status = 422, description = "No such cursor, or a limit out of range.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn timeline(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(query): Query<TimelineQuery>,
) -> Result<Json<PatientTimeline>> {
    Ok(Json(super::view(&ctx, id, query).await?))
}
