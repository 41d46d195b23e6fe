//! The doors to files that patients add to their answers.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use px360_domain::ids::SurveyFileId;
use px360_domain::surveys::{SURVEY_FILE_BYTES_MAX, SurveyFile};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ctx::{Ctx, RequestMeta};
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{FileBody, ProblemBody};

/// The routes of this file.
pub(super) fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new().routes(routes!(keep)).routes(routes!(send))
}

/// What a file is called.
#[derive(Deserialize)]
struct Called {
    #[serde(default)]
    name: String,
}

/// Keeps the file of one question, for scripts and kiosks: the answer names it by its id. A picture is made anew, without
/// what else its file tells; a second file takes the place of the first.
#[utoipa::path(
    put,
    path = "/api/surveys/submit/{token}/files/{question}/",
    tag = "surveys",
    params(
        ("token" = String, Path, description = "The token of the survey's link."),
        ("question" = String, Path, description = "The key of the question that asks for a file."),
        ("name" = Option<String>, Query, description = "What the file is called."),
    ),
    request_body(
        content_type = "application/octet-stream",
        description = "A JPEG, PNG, WebP or PDF of at most 10 MiB, told by its first bytes.",
        content = String,
        example = "the bytes of the file",
    ),
    responses(
        (status = 200, description = "The file is kept.", body = SurveyFile),
        (status = 400, description = "A query that cannot be read.", body = ProblemBody),
        (status = 404, description = "Not one of our links.", body = ProblemBody),
        (status = 409, description = "The survey takes no answers any more.", body = ProblemBody),
        (status = 422, description = "`unknown_question`, `too_large` or `not_a_file`.", body = ProblemBody),
        (status = 429, description = "Others are sending files; see Retry-After.", body = ProblemBody),
    ),
    security(()),
)]
async fn keep(
    State(deps): State<Deps>,
    Path((token, question)): Path<(String, String)>,
    Query(called): Query<Called>,
    meta: RequestMeta,
    file: FileBody,
) -> Result<Json<SurveyFile>> {
    let ctx = deps.invited(&token, meta)?;
    super::files::must_be_asked(&ctx, &question).await?;
    let _room = super::room_for_file(&ctx)?;
    let bytes = file.read(&question, SURVEY_FILE_BYTES_MAX).await?;
    Ok(Json(super::keep_file(&ctx, &question, &called.name, bytes).await?))
}

/// A file that somebody added to their answers, for whoever may know who it is. That it was taken is remembered in the
/// audit log.
#[utoipa::path(
    get,
    path = "/api/surveys/files/{id}/",
    tag = "surveys",
    params(("id" = SurveyFileId, Path, description = "Which file.")),
    responses(
        (status = 200, description = "A JPEG or a PDF, to be saved.", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed to know who patients are.", body = ProblemBody),
        (status = 404, description = "No such file within reach.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn send(ctx: Ctx, Path(id): Path<SurveyFileId>) -> Result<Response> {
    let (file, bytes) = super::survey_file(&ctx, id).await?;
    let name: String = form_urlencoded::byte_serialize(file.name.as_bytes()).collect();
    // RFC 8187 knows no plus for a space.
    let saved = format!("attachment; filename*=UTF-8''{}", name.replace('+', "%20"));
    let headers = [
        // Told apart by the name: no browser is to open what a stranger sent.
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (CONTENT_DISPOSITION, saved),
        (CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
        (CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
