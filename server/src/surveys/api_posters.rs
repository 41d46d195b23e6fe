//! The door to posters with a code.

use axum::Json;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use px360_domain::ids::SurveyPosterId;
use px360_domain::surveys::posters::{MakeSurveyPoster, SurveyPosterList, SurveyPosterSheet};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{Body, ProblemBody};

/// The routes of this file.
pub(super) fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new()
        .routes(routes!(list, make))
        .routes(routes!(sheet, stop))
        .routes(routes!(code))
}

/// The posters within reach that ask, and what one more could be about.
#[utoipa::path(
    get,
    path = "/api/surveys/posters/",
    tag = "surveys",
    responses(
        (status = 200, description = "The posters.", body = SurveyPosterList),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn list(ctx: Ctx) -> Result<Json<SurveyPosterList>> {
    Ok(Json(super::survey_posters(&ctx).await?))
}

/// Makes a poster; its code asks from now on.
#[utoipa::path(
    post,
    path = "/api/surveys/posters/",
    tag = "surveys",
    request_body(content = MakeSurveyPoster, example = json!({
        "hospital_id": "01936000-0000-7000-8000-000000000001",
        "department_id": null,
        "template_id": "01936000-0000-7000-8000-000000000002"
    })),
    responses(
        (status = 201, description = "The id of the poster.", body = SurveyPosterId),
        (status = 400, description = "The body is no JSON.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such hospital within reach.", body = ProblemBody),
        (status = 422, description = "No such department there, or no such survey.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn make(
    ctx: Ctx,
    Body(cmd): Body<MakeSurveyPoster>,
) -> Result<(StatusCode, Json<SurveyPosterId>)> {
    Ok((StatusCode::CREATED, Json(super::make_survey_poster(&ctx, cmd).await?)))
}

/// One poster with its code, to be printed.
#[utoipa::path(
    get,
    path = "/api/surveys/posters/{id}/",
    tag = "surveys",
    params(("id" = SurveyPosterId, Path, description = "Which poster.")),
    responses(
        (status = 200, description = "The poster.", body = SurveyPosterSheet),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such poster within reach.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn sheet(ctx: Ctx, Path(id): Path<SurveyPosterId>) -> Result<Json<SurveyPosterSheet>> {
    Ok(Json(super::survey_poster(&ctx, id).await?))
}

/// Stops a poster. What was begun from it can be finished.
#[utoipa::path(
    delete,
    path = "/api/surveys/posters/{id}/",
    tag = "surveys",
    params(("id" = SurveyPosterId, Path, description = "Which poster.")),
    responses(
        (status = 204, description = "It asks nobody any more."),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such poster within reach.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn stop(ctx: Ctx, Path(id): Path<SurveyPosterId>) -> Result<StatusCode> {
    super::stop_survey_poster(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The code alone, for whoever lays out a poster of their own.
#[utoipa::path(
    get,
    path = "/api/surveys/posters/{id}/code.svg",
    tag = "surveys",
    params(("id" = SurveyPosterId, Path, description = "Which poster.")),
    responses(
        (status = 200, description = "A drawing that can be of any size.", body = String, content_type = "image/svg+xml"),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such poster within reach.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn code(ctx: Ctx, Path(id): Path<SurveyPosterId>) -> Result<Response> {
    let sheet = super::survey_poster(&ctx, id).await?;
    let (side, path) = (sheet.picture.side, sheet.picture.path.expose());
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{path}\"/></svg>"
    );
    let file = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"code.svg\""),
    ];
    Ok((file, svg).into_response())
}
