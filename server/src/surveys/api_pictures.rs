//! The door to pictures of choices.

use axum::Json;
use axum::body::to_bytes;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse as _, Response};
use px360_domain::access::Permission;
use px360_domain::surveys::KeptSurveyPicture;
use px360_domain::{Failure, paths};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::pictures::{PICTURE_BYTES_MAX, keep_picture};
use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::ProblemBody;

/// The routes of this file.
pub(super) fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new().routes(routes!(keep)).layer(DefaultBodyLimit::max(PICTURE_BYTES_MAX))
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
        (status = 413, description = "More than 8 MiB.", body = ProblemBody),
        (status = 422, description = "`too_large` or `not_a_picture`.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn keep(ctx: Ctx, request: Request) -> Result<Response> {
    // Before the file: nobody sends us megabytes for a no.
    ctx.require(Permission::SurveyTemplateWrite)?;
    let file = to_bytes(request.into_body(), PICTURE_BYTES_MAX).await;
    let file = file.map_err(|_too_large| Failure::invalid("picture", "too_large"))?;
    let id = keep_picture(&ctx, file.into()).await?;
    let location = [(LOCATION, paths::survey_picture(id))];
    Ok((StatusCode::CREATED, location, Json(KeptSurveyPicture { id })).into_response())
}
