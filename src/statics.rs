//! Files: the bundle, fonts, charts and icons.

use std::path::Path;

use axum::Router;
use axum::response::{Html, IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use http::{HeaderValue, StatusCode};
use leptos::config::LeptosOptions;
use px360_app::public;
use px360_domain::Failure;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

/// Names in the bundle carry a hash of the content, so a browser may keep them for ever.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Everything else may change with the next release.
const AN_HOUR: &str = "public, max-age=3600";

pub(crate) fn router(options: &LeptosOptions) -> Router {
    let site = Path::new(&*options.site_root);
    let dir = |name: &str| ServeDir::new(site.join(name)).precompressed_br().precompressed_gzip();
    // What is missing may be there after the next release, so no browser shall remember that.
    let kept = |value: &'static str| {
        SetResponseHeaderLayer::if_not_present(CACHE_CONTROL, move |response: &Response| {
            let there = response.status().is_success() || response.status().is_redirection();
            there.then(|| HeaderValue::from_static(value))
        })
    };
    let hashed = Router::new()
        .nest_service(&format!("/{}", options.site_pkg_dir), dir(&options.site_pkg_dir))
        .layer(kept(if options.hash_files { FOR_EVER } else { "no-cache" }));
    let mut named =
        Router::new().nest_service("/vendor", dir("vendor")).nest_service("/assets", dir("assets"));
    for file in ["px-chart.js", "px-scroll.js", "icons.svg", "favicon.svg"] {
        named = named.route_service(&format!("/{file}"), ServeFile::new(site.join(file)));
    }
    hashed.merge(named.layer(kept(AN_HOUR)))
}

/// A page that is not there.
pub(crate) async fn not_found() -> Response {
    let failure = Failure::not_found("page");
    let policy = HeaderValue::from_static(public::content_security_policy());
    let page = Html(public::refused_page(&failure));
    (StatusCode::NOT_FOUND, [(CONTENT_SECURITY_POLICY, policy)], page).into_response()
}
