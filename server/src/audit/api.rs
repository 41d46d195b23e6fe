//! The door for scripts and for systems that keep logs.

use axum::Json;
use axum::response::Response;
use axum_extra::extract::Query;
use px360_domain::audit::{AuditFilter, AuditPage, Outcome};
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

/// The routes of this module.
pub fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new()
        .routes(routes!(events))
        .routes(routes!(export_csv))
        .routes(routes!(export_xlsx))
}

/// The audit log within the caller's reach, newest first.
#[utoipa::path(
    get,
    path = "/api/audit/events/",
    tag = "audit",
    params(
        ("actor" = Option<String>, Query, description = "Who: a username, or the id of a source or survey."),
        ("entity" = Option<String>, Query, description = "The word for the thing, for example `action`."),
        ("entity_id" = Option<String>, Query, description = "Which one."),
        ("action" = Option<String>, Query, description = "What was done, for example `action.closed`, or `action` for everything done to actions."),
        ("outcome" = Option<Outcome>, Query, description = "Done, or refused."),
        ("search" = Option<String>, Query, description = "Words that occur in the entry, at most 100 characters."),
        ("from" = Option<String>, Query, description = "Not before this instant (RFC 3339)."),
        ("until" = Option<String>, Query, description = "Before this instant (RFC 3339)."),
        ("limit" = Option<u16>, Query, description = "How many, 1 to 200; 50 when absent."),
        ("cursor" = Option<String>, Query, description = "The `next_cursor` of the page before."),
    ),
    responses(
        (status = 200, description = "One page.", body = AuditPage),
        (status = 400, description = "A filter that cannot be read.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 422, description = "A cursor that is not ours, a limit out of range, words that are too long, or a period that ends before it begins.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn events(ctx: Ctx, Query(filter): Query<AuditFilter>) -> Result<Json<AuditPage>> {
    Ok(Json(super::events(&ctx, filter).await?))
}

/// How a file is written.
#[derive(Deserialize)]
struct ExportLook {
    /// The language of the header and of the hospitals' names.
    #[serde(default)]
    language: Option<Locale>,
}

/// What a file of the log is asked by.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it is there for the schema; what is read is the filter")]
struct FileParameters {
    /// Who: a username, or the id of a source or survey.
    actor: Option<String>,
    /// The word for the thing, for example `action`.
    entity: Option<String>,
    /// Which one.
    entity_id: Option<String>,
    /// What was done, for example `action.closed`, or `action` for everything done to actions.
    action: Option<String>,
    /// Done, or refused.
    outcome: Option<Outcome>,
    /// Words that occur in the entry, at most 100 characters.
    search: Option<String>,
    /// Not before this instant (RFC 3339).
    from: Option<String>,
    /// Before this instant (RFC 3339).
    until: Option<String>,
    /// `ar` or `en`, for the header; the caller's own when absent.
    language: Option<String>,
}

/// All of the audit log that the filter finds within the caller's reach, newest first, as CSV. That it was
/// taken is remembered in the log itself.
#[utoipa::path(
    get,
    path = "/api/audit/events.csv",
    tag = "audit",
    params(FileParameters),
    responses(
        (status = 200, description = "UTF-8 with a byte order mark. A cell that a spreadsheet would take for a formula begins with an apostrophe.", body = String, content_type = "text/csv"),
        (status = 400, description = "A filter that cannot be read.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 422, description = "A cursor or a limit, words that are too long, or a period that ends before it begins.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn export_csv(
    ctx: Ctx,
    Query(filter): Query<AuditFilter>,
    Query(look): Query<ExportLook>,
) -> Result<Response> {
    export(ctx, filter, look, FileFormat::Csv).await
}

/// The same as a workbook (Office Open XML). Every cell of it is text.
#[utoipa::path(
    get,
    path = "/api/audit/events.xlsx",
    tag = "audit",
    params(FileParameters),
    responses(
        (status = 200, description = "A workbook; what one sheet has no room for stands on the next one.", body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 400, description = "A filter that cannot be read.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 422, description = "A cursor or a limit, words that are too long, or a period that ends before it begins.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn export_xlsx(
    ctx: Ctx,
    Query(filter): Query<AuditFilter>,
    Query(look): Query<ExportLook>,
) -> Result<Response> {
    export(ctx, filter, look, FileFormat::Xlsx).await
}

async fn export(
    ctx: Ctx,
    filter: AuditFilter,
    look: ExportLook,
    format: FileFormat,
) -> Result<Response> {
    let rows = super::export(&ctx, filter, look.language, format).await?;
    Ok(files::attachment(&ctx, "audit", format, rows))
}
