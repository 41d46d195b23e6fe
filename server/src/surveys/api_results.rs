//! The doors to what came back of surveys.

use axum::Json;
use axum::extract::Path;
use axum::response::Response;
use axum_extra::extract::Query;
use px360_domain::ids::SurveyTemplateId;
use px360_domain::surveys::AnswerMode;
use px360_domain::surveys::results::{ResultFilter, SurveyResults};
use px360_domain::{FileFormat, Locale};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::files;
use crate::http::ProblemBody;

/// The routes of this file.
pub(super) fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new()
        .routes(routes!(results))
        .routes(routes!(responses_csv))
        .routes(routes!(responses_xlsx))
}

/// What results are asked by.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it is there for the schema; what is read is the filter")]
struct ResultParameters {
    /// How many days back from today, 1 to 730; 90 when absent.
    days: Option<u16>,
    /// One version by its number; all of them when absent.
    version: Option<i32>,
    /// Our code of a hospital; all within reach when absent.
    hospital: Option<String>,
    /// The language in which it was answered; both when absent.
    language: Option<Locale>,
    /// How answers reached us; every way when absent.
    mode: Option<AnswerMode>,
}

/// In which language a file is written.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct FileLook {
    /// The language of the header and of the names; the caller's own when absent.
    #[serde(default)]
    header: Option<Locale>,
}

/// What files are asked by: the filter, and the language of the header.
#[derive(Deserialize)]
struct FileFilter {
    #[serde(default)]
    days: Option<u16>,
    #[serde(default)]
    version: Option<i32>,
    #[serde(default)]
    hospital: Option<String>,
    #[serde(default)]
    language: Option<Locale>,
    #[serde(default)]
    mode: Option<AnswerMode>,
}

impl From<FileFilter> for ResultFilter {
    fn from(filter: FileFilter) -> Self {
        let FileFilter { days, version, hospital, language, mode } = filter;
        Self { days, version, hospital, language, mode }
    }
}

/// How invitations of a survey became answers, and what these say, question by question.
#[utoipa::path(
    get,
    path = "/api/surveys/templates/{id}/results/",
    tag = "surveys",
    params(("id" = SurveyTemplateId, Path, description = "Which survey."), ResultParameters),
    responses(
        (status = 200, description = "The results within the caller's reach.", body = SurveyResults),
        (status = 400, description = "A filter that cannot be read.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such survey within reach, or no such version.", body = ProblemBody),
        (status = 422, description = "A period that is too long, or a field that there is not.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn results(
    ctx: Ctx,
    Path(id): Path<SurveyTemplateId>,
    Query(filter): Query<ResultFilter>,
) -> Result<Json<SurveyResults>> {
    Ok(Json(super::survey_results(&ctx, id, filter).await?))
}

/// Every completed survey of a period as CSV, a column for each answer and none that says who answered. That it was
/// taken is remembered in the audit log.
#[utoipa::path(
    get,
    path = "/api/surveys/templates/{id}/responses.csv",
    tag = "surveys",
    params(("id" = SurveyTemplateId, Path, description = "Which survey."), ResultParameters, FileLook),
    responses(
        (status = 200, description = "UTF-8 with a byte order mark. A cell that a spreadsheet would take for a formula begins with an apostrophe.", body = String, content_type = "text/csv"),
        (status = 400, description = "A filter that cannot be read.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such survey within reach, or no such version.", body = ProblemBody),
        (status = 422, description = "A period that is too long.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn responses_csv(
    ctx: Ctx,
    id: Path<SurveyTemplateId>,
    filter: Query<FileFilter>,
    look: Query<FileLook>,
) -> Result<Response> {
    file(ctx, id, filter, look, FileFormat::Csv).await
}

/// The same as a workbook.
#[utoipa::path(
    get,
    path = "/api/surveys/templates/{id}/responses.xlsx",
    tag = "surveys",
    params(("id" = SurveyTemplateId, Path, description = "Which survey."), ResultParameters, FileLook),
    responses(
        (status = 200, description = "A workbook with one sheet.", body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 400, description = "A filter that cannot be read.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such survey within reach, or no such version.", body = ProblemBody),
        (status = 422, description = "A period that is too long.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn responses_xlsx(
    ctx: Ctx,
    id: Path<SurveyTemplateId>,
    filter: Query<FileFilter>,
    look: Query<FileLook>,
) -> Result<Response> {
    file(ctx, id, filter, look, FileFormat::Xlsx).await
}

async fn file(
    ctx: Ctx,
    Path(id): Path<SurveyTemplateId>,
    Query(filter): Query<FileFilter>,
    Query(look): Query<FileLook>,
    format: FileFormat,
) -> Result<Response> {
    let pieces = super::export_responses(&ctx, id, filter.into(), look.header, format).await?;
    Ok(files::attachment(&ctx, "responses", format, pieces))
}
