//! The doors to surveys; this one is for scripts and kiosks that answer one.

use axum::Json;
use axum::extract::{Path, State};
use px360_domain::surveys::{SubmitReceipt, SubmitSurvey};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ctx::RequestMeta;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{Body, ProblemBody};

/// The routes of this module.
pub fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new()
        .routes(routes!(submit))
        .merge(super::api_templates::router())
        .merge(super::api_files::router())
        .merge(super::api_instances::router())
        .merge(super::api_pictures::router())
        .merge(super::api_posters::router())
        .merge(super::api_results::router())
}

/// Hands in all answers of a survey.
#[utoipa::path(
    post,
    path = "/api/surveys/submit/{token}/",
    tag = "surveys",
    params(("token" = String, Path, description = "The token of the survey's link.")),
    request_body(content = SubmitSurvey, example = json!({
        "language": "ar",
        "answers": {"nps": 9, "doctor_listened": 5, "waiting_time": 4, "cleanliness": 5}
    })),
    responses(
        (status = 200, description = "Completed now, or completed before.", body = SubmitReceipt),
        (status = 404, description = "Not one of our links.", body = ProblemBody),
        (status = 409, description = "The survey's time ran out.", body = ProblemBody),
        (status = 422, description = "Answers that the questions do not accept.", body = ProblemBody),
    ),
    security(()),
)]
async fn submit(
    State(deps): State<Deps>,
    Path(token): Path<String>,
    meta: RequestMeta,
    Body(cmd): Body<SubmitSurvey>,
) -> Result<Json<SubmitReceipt>> {
    Ok(Json(super::submit(&deps.invited(&token, meta)?, cmd).await?))
}
