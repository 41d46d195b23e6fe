//! The door to surveys one by one.

use axum::Json;
use axum::extract::Path;
use axum_extra::extract::Query;
use px360_domain::ids::{PatientId, SurveyId, SurveyTemplateId};
use px360_domain::surveys::{
    AnswerMode, BeginEntry, SurveyEntry, SurveyInstanceFilter, SurveyInstancePage, SurveyResponse,
    SurveyStatus,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{Body, ProblemBody};

/// The routes of this file.
pub(super) fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(response)).routes(routes!(enter))
}

/// Surveys within reach, the latest first.
#[utoipa::path(
    get,
    path = "/api/surveys/instances/",
    tag = "surveys",
    params(
        ("hospital" = Option<String>, Query, description = "Our code of the hospital."),
        ("template_id" = Option<SurveyTemplateId>, Query, description = "Of one template."),
        ("status" = Option<SurveyStatus>, Query, description = "Where they stand; `completed` are responses."),
        ("mode" = Option<AnswerMode>, Query, description = "How answers reached us."),
        ("patient_id" = Option<PatientId>, Query, description = "Of one patient: for whoever may see patients."),
        ("limit" = Option<u16>, Query, description = "How many, 1 to 200; 50 when absent."),
        ("cursor" = Option<String>, Query, description = "The `next_cursor` of the page before."),
    ),
    responses(
        (status = 200, description = "One page.", body = SurveyInstancePage),
        (status = 400, description = "A filter that cannot be read.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 422, description = "A cursor that is not ours, a limit out of range, or a filter that is too long.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn list(
    ctx: Ctx,
    Query(filter): Query<SurveyInstanceFilter>,
) -> Result<Json<SurveyInstancePage>> {
    Ok(Json(super::survey_instances(&ctx, filter).await?))
}

/// One survey with everything that was answered. What tells who wrote it is hidden from whoever may not know.
#[utoipa::path(
    get,
    path = "/api/surveys/responses/{id}/",
    tag = "surveys",
    params(("id" = SurveyId, Path, description = "Which survey.")),
    responses(
        (status = 200, description = "Its answers.", body = SurveyResponse),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such survey within reach.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn response(ctx: Ctx, Path(id): Path<SurveyId>) -> Result<Json<SurveyResponse>> {
    Ok(Json(super::survey_response(&ctx, id).await?))
}

/// Notes how a patient's answers are about to reach us, and gives the page to enter them on.
#[utoipa::path(
    post,
    path = "/api/surveys/instances/{id}/entry/",
    tag = "surveys",
    params(("id" = SurveyId, Path, description = "Which survey.")),
    request_body(content = BeginEntry, example = json!({ "mode": "phone" })),
    responses(
        (status = 200, description = "The path of the patient's own page.", body = SurveyEntry),
        (status = 400, description = "The body is no JSON.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such survey within reach.", body = ProblemBody),
        (status = 409, description = "No answers are taken, or the patient must not be called.", body = ProblemBody),
        (status = 422, description = "`link`, which needs nobody.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn enter(
    ctx: Ctx,
    Path(id): Path<SurveyId>,
    Body(cmd): Body<BeginEntry>,
) -> Result<Json<SurveyEntry>> {
    Ok(Json(super::begin_entry(&ctx, id, cmd).await?))
}
