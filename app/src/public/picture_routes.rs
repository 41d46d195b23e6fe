//! Pictures of choices, for everybody who has the address of one.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use px360_domain::paths;
use px360_server::http::RequestMeta;
use px360_server::{Deps, Error, surveys};

/// The route below `/pictures`.
pub(super) fn router() -> Router<Deps> {
    Router::new().route(&format!("{}/{{id}}", paths::PICTURES), get(show))
}

async fn show(
    State(deps): State<Deps>,
    Path(id): Path<uuid::Uuid>,
    meta: RequestMeta,
) -> Result<Response, Error> {
    let bytes = surveys::picture(&deps.poster_reader(meta), id.into()).await?;
    // What is at an address never changes. For browsers alone: this very answer may renew a session's cookie.
    let kept = "private, max-age=31536000, immutable";
    Ok(([(CONTENT_TYPE, "image/jpeg"), (CACHE_CONTROL, kept)], bytes).into_response())
}
