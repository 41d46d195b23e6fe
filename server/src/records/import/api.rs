//! The REST doors of imports.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use px360_domain::records::{Import, ImportDetail, RecordKind, StartImport};
use px360_domain::{Failure, FieldFault};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::FILE_BYTES_MAX;
use super::find::some_right;
use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{Body, FileBody, ProblemBody};

/// The routes of imports.
pub fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new()
        .routes(routes!(upload))
        .routes(routes!(list))
        .routes(routes!(find))
        .routes(routes!(start))
        .routes(routes!(faults))
}

/// What a file is.
#[derive(Deserialize)]
struct About {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    file_name: String,
}

/// Hands in a file of records: comma-separated values in any of the usual habits, or an XLSX workbook, of
/// which the first sheet is read. Its first row names the columns. Nothing is kept of it until it is started.
#[utoipa::path(
    post,
    path = "/api/organizations/imports/",
    tag = "imports",
    params(
        ("kind" = String, Query, description = "`hospital`, `department`, `physician`, `employee` or `patient`."),
        ("file_name" = Option<String>, Query, description = "What the file is called."),
    ),
    request_body(
        content_type = "text/csv",
        description = "At most 256 MiB. A workbook is told by its first bytes, whatever the content type says.",
        content = String,
        example = "mrn,name_ar,mobile\r\n00417,سارة القحطاني,0512345678\r\n",
    ),
    responses(
        (status = 201, description = "The file is there.", body = Import),
        (status = 400, description = "The query cannot be read.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed to make such records.", body = ProblemBody),
        (status = 404, description = "Such records come in no file.", body = ProblemBody),
        (status = 429, description = "Others are sending files; see Retry-After.", body = ProblemBody),
        (status = 422, description = "No such kind of record, or no table: `empty_file`, `not_a_table`, `too_many_columns` or `too_large`.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn upload(ctx: Ctx, Query(about): Query<About>, file: FileBody) -> Result<Response> {
    some_right(&ctx)?;
    let kind: RecordKind =
        about.kind.parse().map_err(|_no_kind| Failure::invalid("kind", "unknown_word"))?;
    let _room = super::room(&ctx, kind)?;
    let bytes = file.read("file", FILE_BYTES_MAX).await?;
    let import = super::upload(&ctx, kind, &about.file_name, bytes).await?;
    let location = [(LOCATION, format!("/api/organizations/imports/{}/", import.id))];
    Ok((StatusCode::CREATED, location, Json(import)).into_response())
}

/// The caller's last fifty imports, newest first.
#[utoipa::path(
    get,
    path = "/api/organizations/imports/",
    tag = "imports",
    responses(
        (status = 200, description = "The imports.", body = Vec<Import>),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed to make records of any kind.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn list(ctx: Ctx) -> Result<Json<Vec<Import>>> {
    Ok(Json(super::list(&ctx).await?))
}

/// How far an import is, and the first of its rows that cannot be kept.
#[utoipa::path(
    get,
    path = "/api/organizations/imports/{id}/",
    tag = "imports",
    params(("id" = Uuid, Path, description = "Which.")),
    responses(
        (status = 200, description = "The import.", body = ImportDetail),
        (status = 400, description = "Not an id.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed to make records of any kind.", body = ProblemBody),
        (status = 404, description = "Not there, or somebody else's.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn find(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<ImportDetail>> {
    Ok(Json(super::find(&ctx, id).await?))
}

/// Lets a job read the file: to try each row, or to keep it.
///
/// A row is known by its key (code, licence, number or record number, with the hospital). One that is there
/// already is changed in what the row says otherwise, so that a file can be sent again. Empty cells say
/// nothing.
#[utoipa::path(
    post,
    path = "/api/organizations/imports/{id}/start/",
    tag = "imports",
    params(("id" = Uuid, Path, description = "Which.")),
    request_body(
        content = StartImport,
        example = json!({ "mapping": ["mrns.mrn", "name_ar", "mobile"], "dry_run": true }),
    ),
    responses(
        (status = 202, description = "A job reads the file."),
        (status = 400, description = "The body cannot be read.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed to make such records.", body = ProblemBody),
        (status = 404, description = "Not there, or somebody else's.", body = ProblemBody),
        (status = 409, description = "A job reads it, or it is done.", body = ProblemBody),
        (status = 413, description = "The body is too large.", body = ProblemBody),
        (status = 415, description = "The body is no JSON.", body = ProblemBody),
        (status = 422, description = "The mapping names no key, an unknown field, or one twice.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn start(ctx: Ctx, Path(id): Path<Uuid>, Body(cmd): Body<StartImport>) -> Result<StatusCode> {
    super::start(&ctx, id, cmd).await?;
    Ok(StatusCode::ACCEPTED)
}

/// The rows that cannot be kept, as they came, with their line and what is wrong. Mended and handed in again,
/// it brings the rest.
#[utoipa::path(
    get,
    path = "/api/organizations/imports/{id}/faults.csv",
    tag = "imports",
    params(("id" = Uuid, Path, description = "Which.")),
    responses(
        (status = 200, description = "UTF-8 with a byte order mark.", body = String, content_type = "text/csv"),
        (status = 400, description = "Not an id.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed to make records of any kind.", body = ProblemBody),
        (status = 404, description = "Not there, or somebody else's.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn faults(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let say = |fault: &FieldFault| format!("{}: {}", fault.field, fault.code);
    let rows = super::fault_file(&ctx, id, ["line", "faults"], say).await?;
    Ok(super::as_file(&ctx, rows))
}
