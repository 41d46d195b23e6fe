//! The door to pictures of choices.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse as _, Response};
use px360_domain::access::Permission;
use px360_domain::paths;
use px360_domain::surveys::{KeptSurveyPicture, SURVEY_PICTURE_BYTES_MAX};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::pictures::keep_picture;
use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{FileBody, ProblemBody};

/// The routes of this file.
pub(super) fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new().routes(routes!(keep))
}

/// Keeps a picture for the choices of surveys: made small, turned upright, and without what else its file tells. It is
/// then at `/pictures/{id}` for everybody; one that no survey shows is forgotten after a week.
#[utoipa::path(
    post,
    path = "/api/surveys/pictures/",
    tag = "surveys",
    request_body(
        content_type = "application/octet-stream",
        description = "A JPEG, PNG or WebP of at most 8 MiB and some fifty million pixels, told by its first bytes.",
        content = String,
        example = "the bytes of the file",
    ),
    responses(
        (status = 201, description = "The picture is kept.", body = KeptSurveyPicture),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed to write surveys.", body = ProblemBody),
        (status = 422, description = "`too_large` or `not_a_picture`.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn keep(ctx: Ctx, file: FileBody) -> Result<Response> {
    // Before the file: nobody sends us megabytes for a no.
    ctx.require(Permission::SurveyTemplateWrite)?;
    let file = file.read("picture", SURVEY_PICTURE_BYTES_MAX).await?;
    let id = keep_picture(&ctx, file).await?;
    let location = [(LOCATION, paths::survey_picture(id))];
    Ok((StatusCode::CREATED, location, Json(KeptSurveyPicture { id })).into_response())
}
