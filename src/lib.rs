//! The joining place: REST, pages and static files become one service.
//!
//! Neither `px360-server` nor `px360-app` can hold all of it, and the tests of the whole house knock
//! on the doors of exactly what is served.

mod api;
mod ops;
mod pages;
mod security;
mod statics;

use axum::Router;
use axum::extract::Request;
use axum::middleware::from_fn_with_state;
use leptos::config::LeptosOptions;
use px360_server::Deps;
use px360_server::http::guard;
use tower::Layer as _;
use tower::util::MapRequestLayer;

pub use api::schema;
pub use ops::install_metrics;

/// What probes and Prometheus ask, for a process that serves nothing else.
pub fn probes(deps: &Deps) -> Router {
    ops::router(deps)
}

/// Everything that is served.
pub fn router(deps: &Deps, options: &LeptosOptions) -> Router {
    let guarded = pages::router(deps, options).merge(api::router(deps));
    let served = guard(guarded, deps)
        .merge(ops::router(deps))
        .merge(statics::router(options))
        .fallback(statics::not_found)
        .layer(from_fn_with_state(deps.http().is_https(), security::add));
    // Routing looks at the address first, so what changes the address has to stand before it.
    Router::new().fallback_service(MapRequestLayer::new(with_trailing_slash).layer(served))
}

/// The canonical REST address ends with a slash; one without it means the same.
fn with_trailing_slash(mut request: Request) -> Request {
    let path = request.uri().path();
    let ours = path.starts_with("/api/") || path.starts_with("/health");
    let is_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    if !ours || is_file || path.ends_with('/') {
        return request;
    }
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    if let Ok(uri) = format!("{path}/{query}").parse() {
        *request.uri_mut() = uri;
    }
    request
}
