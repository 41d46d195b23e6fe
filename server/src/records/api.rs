//! The REST doors of records: one set of handlers, which every kind gets with its own schema.

use axum::Json;
use axum::extract::Path;
use axum::http::header::{IF_MATCH, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum_extra::extract::Query;
use px360_domain::records::{RecordKind, RecordQuery};
use px360_domain::{Failure, FileFormat};
use serde_json::{Map, Value, json};
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;

use super::{Change, Create, api_schema};
use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::files;
use crate::http::Body;

/// What a request names its repetitions by.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The routes of every kind.
pub fn router() -> OpenApiRouter<Deps> {
    RecordKind::ALL.iter().fold(OpenApiRouter::new(), |router, kind| {
        let kind = *kind;
        let of_all = get(move |ctx, query| list(kind, ctx, query))
            .post(move |ctx, headers, body| create(kind, ctx, headers, body));
        let of_one = get(move |ctx, id| find(kind, ctx, id))
            .put(move |ctx, id, headers, body| change(kind, true, ctx, id, headers, body))
            .patch(move |ctx, id, headers, body| change(kind, false, ctx, id, headers, body))
            .delete(move |ctx, id, headers| remove(kind, ctx, id, headers));
        let router = router
            .routes((api_schema::schemas(kind), api_schema::collection(kind), of_all))
            .routes((Vec::new(), api_schema::single(kind), of_one));
        FileFormat::ALL.iter().fold(router, |router, format| {
            let format = *format;
            let as_file = get(move |ctx, query| export(kind, format, ctx, query));
            router.routes((Vec::new(), api_schema::file(kind, format), as_file))
        })
    })
}

async fn list(
    kind: RecordKind,
    ctx: Ctx,
    Query(parameters): Query<Vec<(String, String)>>,
) -> Result<Json<Value>> {
    let page = super::list(&ctx, kind, query(parameters)?).await?;
    let items: Vec<Value> = page.items.into_iter().map(super::Record::into_json).collect();
    Ok(Json(json!({
        "items": items,
        "next_cursor": page.next_cursor,
        "total": page.total,
        "alike": page.alike,
    })))
}

async fn export(
    kind: RecordKind,
    format: FileFormat,
    ctx: Ctx,
    Query(mut parameters): Query<Vec<(String, String)>>,
) -> Result<Response> {
    let mut language = None;
    if let Some(at) = parameters.iter().position(|(name, _)| name == "language_of_names") {
        let (name, word) = parameters.swap_remove(at);
        language =
            Some(word.parse().map_err(|_no_language| Failure::invalid(&name, "unknown_word"))?);
    }
    let rows = super::export(&ctx, kind, query(parameters)?, language, format).await?;
    Ok(files::attachment(&ctx, kind.plural(), format, rows))
}

async fn find(kind: RecordKind, ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<Value>> {
    Ok(Json(super::find(&ctx, kind, id).await?.into_json()))
}

async fn create(
    kind: RecordKind,
    ctx: Ctx,
    headers: HeaderMap,
    Body(doc): Body<Map<String, Value>>,
) -> Result<Response> {
    let idempotency_key = match headers.get(IDEMPOTENCY_KEY) {
        Some(key) => Some(text(key, "Idempotency-Key")?.to_owned()),
        None => None,
    };
    let kept = super::create(&ctx, kind, Create { doc, idempotency_key }).await?;
    let record = super::find(&ctx, kind, kept.id).await?;
    let location = [(LOCATION, format!("{}{}/", kind.api_path(), kept.id))];
    Ok((StatusCode::CREATED, location, Json(record.into_json())).into_response())
}

async fn change(
    kind: RecordKind,
    whole: bool,
    ctx: Ctx,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Body(mut doc): Body<Map<String, Value>>,
) -> Result<Json<Value>> {
    // Whoever sends back what they got also sends its id.
    if doc.remove("id").is_some_and(|sent| sent != json!(id)) {
        return Err(Failure::invalid("id", "read_only").into());
    }
    let in_body = match doc.remove("version") {
        Some(version) => {
            Some(version.as_i64().ok_or_else(|| Failure::invalid("version", "malformed"))?)
        }
        None => None,
    };
    let version = match (in_body, if_match(&headers)?) {
        (Some(body), Some(header)) if body != header => {
            return Err(Failure::invalid("version", "other_than_if_match").into());
        }
        (body, header) => body.or(header),
    };
    let version = version.ok_or_else(|| Failure::invalid("version", "required"))?;
    super::change(&ctx, kind, id, Change { version, doc, whole }).await?;
    Ok(Json(super::find(&ctx, kind, id).await?.into_json()))
}

async fn remove(
    kind: RecordKind,
    ctx: Ctx,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<StatusCode> {
    super::remove(&ctx, kind, id, if_match(&headers)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `search`, `ordering`, `limit` and `cursor`; everything else is the name of a field.
fn query(parameters: Vec<(String, String)>) -> Result<RecordQuery, Failure> {
    let mut query = RecordQuery::default();
    for (name, value) in parameters {
        match name.as_str() {
            "search" => query.search = Some(value),
            "ordering" => query.ordering = Some(value),
            "cursor" => query.cursor = Some(value),
            "limit" => {
                let limit =
                    value.parse().map_err(|_no_number| Failure::invalid("limit", "malformed"))?;
                query.limit = Some(limit);
            }
            _ => query.filters.push((name, value)),
        }
    }
    Ok(query)
}

/// `If-Match: "3"`, with or without quotes.
fn if_match(headers: &HeaderMap) -> Result<Option<i64>, Failure> {
    let Some(value) = headers.get(IF_MATCH) else { return Ok(None) };
    let version = text(value, "If-Match")?.trim().trim_matches('"').parse();
    version.map(Some).map_err(|_no_number| Failure::invalid("If-Match", "malformed"))
}

fn text<'a>(value: &'a HeaderValue, name: &str) -> Result<&'a str, Failure> {
    value.to_str().map_err(|_no_text| Failure::invalid(name, "malformed"))
}
