//! The doors to survey templates and their questions. Questions are written with their template, because they hold
//! only together.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum_extra::extract::Query;
use px360_domain::ids::SurveyTemplateId;
use px360_domain::surveys::authoring::{
    CreateSurveyTemplate, SaveSurveyDraft, SeenSurveyDraft, SurveyQuestionList,
    SurveyTemplateDetail, SurveyTemplateList,
};
use serde::Deserialize;
use utoipa::IntoParams;
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
        .routes(routes!(view, save, discard))
        .routes(routes!(begin))
        .routes(routes!(publish))
        .routes(routes!(retire))
        .routes(routes!(test_send))
        .routes(routes!(reinstate))
        .routes(routes!(questions))
}

/// Which version of a survey.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// Its number, from 1. Without: the draft, or else the current one.
    version: Option<i32>,
}

/// All survey templates within reach: the group's, and those of the caller's hospitals.
#[utoipa::path(
    get,
    path = "/api/surveys/templates/",
    tag = "surveys",
    responses(
        (status = 200, description = "The templates.", body = SurveyTemplateList),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn list(ctx: Ctx) -> Result<Json<SurveyTemplateList>> {
    Ok(Json(super::survey_templates(&ctx).await?))
}

/// Begins a survey with a draft: without a question, or with those of another survey.
#[utoipa::path(
    post,
    path = "/api/surveys/templates/",
    tag = "surveys",
    request_body(content = CreateSurveyTemplate, example = json!({
        "title": { "ar": "زيارة الطوارئ", "en": "Emergency visit" }
    })),
    responses(
        (status = 201, description = "The id of the survey.", body = SurveyTemplateId),
        (status = 400, description = "The body is no JSON.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed for the whole group.", body = ProblemBody),
        (status = 404, description = "No such hospital, or survey to copy, within reach.", body = ProblemBody),
        (status = 409, description = "Too many surveys of that title.", body = ProblemBody),
        (status = 422, description = "No title, or one that is too long.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn create(
    ctx: Ctx,
    Body(cmd): Body<CreateSurveyTemplate>,
) -> Result<(StatusCode, Json<SurveyTemplateId>)> {
    Ok((StatusCode::CREATED, Json(super::create_template(&ctx, cmd).await?)))
}

/// One survey with one of its versions, whole: what it asks, its faults, and how it differs from the version before.
#[utoipa::path(
    get,
    path = "/api/surveys/templates/{id}/",
    tag = "surveys",
    params(("id" = SurveyTemplateId, Path, description = "Which survey."), Which),
    responses(
        (status = 200, description = "The survey.", body = SurveyTemplateDetail),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such survey within reach, or no such version.", body = ProblemBody),
        (status = 400, description = "A version that is no number.", body = ProblemBody),
        (status = 422, description = "A version with characters that are none.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn view(
    ctx: Ctx,
    Path(id): Path<SurveyTemplateId>,
    Query(which): Query<Which>,
) -> Result<Json<SurveyTemplateDetail>> {
    Ok(Json(super::survey_template(&ctx, id, which.version).await?))
}

/// Writes the draft anew, questions and all; answers its new `lock_version`.
#[utoipa::path(
    put,
    path = "/api/surveys/templates/{id}/",
    tag = "surveys",
    params(("id" = SurveyTemplateId, Path, description = "Which survey.")),
    request_body(content = SaveSurveyDraft, example = json!({
        "lock_version": 1,
        "content": {
            "title": { "ar": "زيارة العيادة", "en": "Clinic visit" },
            "introduction": { "ar": "سؤال واحد.", "en": "One question." },
            "questions": [{
                "key": "nps", "page": 1, "required": true, "hint": null,
                "text": { "ar": "ما مدى احتمال أن توصوا بنا؟", "en": "How likely are you to recommend us?" },
                "kind": { "nps": {
                    "low": { "ar": "غير محتمل", "en": "Not likely" },
                    "high": { "ar": "محتمل جدًا", "en": "Very likely" }
                } }
            }],
            "rules": [{ "question": "nps", "operator": "at_most", "values": ["6"], "severity": "high" }]
        }
    })),
    responses(
        (status = 200, description = "The new `lock_version`.", body = i32, content_type = "application/json"),
        (status = 400, description = "The body is no JSON.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed for the whole group.", body = ProblemBody),
        (status = 404, description = "No such survey within reach.", body = ProblemBody),
        (status = 409, description = "Stale version, or no draft.", body = ProblemBody),
        (status = 422, description = "What no draft can hold.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn save(
    ctx: Ctx,
    Path(id): Path<SurveyTemplateId>,
    Body(cmd): Body<SaveSurveyDraft>,
) -> Result<Json<i32>> {
    Ok(Json(super::save_draft(&ctx, id, cmd).await?))
}

/// Throws the draft away; a survey that was never published goes with it.
#[utoipa::path(
    delete,
    path = "/api/surveys/templates/{id}/",
    tag = "surveys",
    params(("id" = SurveyTemplateId, Path, description = "Which survey.")),
    responses(
        (status = 204, description = "It is gone."),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed for the whole group.", body = ProblemBody),
        (status = 404, description = "No such survey within reach.", body = ProblemBody),
        (status = 409, description = "No draft.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn discard(ctx: Ctx, Path(id): Path<SurveyTemplateId>) -> Result<StatusCode> {
    super::discard_draft(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Begins the next version as a copy of the current one, or of the one of this number.
#[utoipa::path(
    post,
    path = "/api/surveys/templates/{id}/draft/",
    tag = "surveys",
    params(("id" = SurveyTemplateId, Path, description = "Which survey."), Which),
    responses(
        (status = 201, description = "It is there."),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed for the whole group.", body = ProblemBody),
        (status = 404, description = "No such survey within reach, or no such version.", body = ProblemBody),
        (status = 409, description = "There is a draft already.", body = ProblemBody),
        (status = 400, description = "A version that is no number.", body = ProblemBody),
        (status = 422, description = "A version with characters that are none.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn begin(
    ctx: Ctx,
    Path(id): Path<SurveyTemplateId>,
    Query(which): Query<Which>,
) -> Result<StatusCode> {
    super::begin_draft(&ctx, id, which.version).await?;
    Ok(StatusCode::CREATED)
}

/// Publishes the draft: new surveys ask it, those that were sent keep their version.
#[utoipa::path(
    post,
    path = "/api/surveys/templates/{id}/publish/",
    tag = "surveys",
    params(("id" = SurveyTemplateId, Path, description = "Which survey.")),
    request_body(content = SeenSurveyDraft, example = json!({ "lock_version": 3 })),
    responses(
        (status = 204, description = "It is published."),
        (status = 400, description = "The body is no JSON.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed for the whole group.", body = ProblemBody),
        (status = 404, description = "No such survey within reach.", body = ProblemBody),
        (status = 409, description = "Stale version, no draft, one with faults, or a retired survey.", body = ProblemBody),
        (status = 422, description = "A field that cannot be.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn publish(
    ctx: Ctx,
    Path(id): Path<SurveyTemplateId>,
    Body(cmd): Body<SeenSurveyDraft>,
) -> Result<StatusCode> {
    super::publish(&ctx, id, cmd).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends the draft, or else the current version, to the caller by mail. The link leads to the preview, which keeps
/// nothing.
#[utoipa::path(
    post,
    path = "/api/surveys/templates/{id}/test-send/",
    tag = "surveys",
    params(("id" = SurveyTemplateId, Path, description = "Which survey.")),
    responses(
        (status = 202, description = "The mail waits to be sent; one in a minute at most."),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed for the whole group.", body = ProblemBody),
        (status = 404, description = "No such survey within reach.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn test_send(ctx: Ctx, Path(id): Path<SurveyTemplateId>) -> Result<StatusCode> {
    super::test_send(&ctx, id).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Takes a survey out of use: no stage can be told to send it any more.
#[utoipa::path(
    post,
    path = "/api/surveys/templates/{id}/retire/",
    tag = "surveys",
    params(("id" = SurveyTemplateId, Path, description = "Which survey.")),
    responses(
        (status = 204, description = "It is retired."),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed for the whole group.", body = ProblemBody),
        (status = 404, description = "No such survey within reach.", body = ProblemBody),
        (status = 409, description = "A stage sends it, or it is retired.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn retire(ctx: Ctx, Path(id): Path<SurveyTemplateId>) -> Result<StatusCode> {
    super::retire(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a retired survey back into use.
#[utoipa::path(
    post,
    path = "/api/surveys/templates/{id}/reinstate/",
    tag = "surveys",
    params(("id" = SurveyTemplateId, Path, description = "Which survey.")),
    responses(
        (status = 204, description = "It is in use."),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed for the whole group.", body = ProblemBody),
        (status = 404, description = "No such survey within reach.", body = ProblemBody),
        (status = 409, description = "It is not retired.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn reinstate(ctx: Ctx, Path(id): Path<SurveyTemplateId>) -> Result<StatusCode> {
    super::reinstate(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Every question of the current versions: what measures are followed by.
#[utoipa::path(
    get,
    path = "/api/surveys/questions/",
    tag = "surveys",
    responses(
        (status = 200, description = "The questions.", body = SurveyQuestionList),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn questions(ctx: Ctx) -> Result<Json<SurveyQuestionList>> {
    Ok(Json(super::survey_questions(&ctx).await?))
}
