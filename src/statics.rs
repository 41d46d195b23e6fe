//! Files: the bundle, fonts, charts and icons.

use std::path::Path;

use axum::Router;
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use http::{HeaderValue, StatusCode, Uri};
use leptos::config::LeptosOptions;
use px360_app::public;
use px360_domain::{Failure, Locale, paths};
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

/// A page that is not there. The address of a page ends without a slash; one with it means the same.
pub(crate) async fn not_found(uri: Uri) -> Response {
    let path = uri.path().trim_end_matches('/');
    let of = |first: &str| {
        path.strip_prefix(first).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let of_patients = of(paths::SURVEY) || of(paths::POSTER);
    let of_staff = Locale::ALL.iter().any(|locale| of(&paths::home(*locale)));
    if (of_patients || of_staff) && path.len() < uri.path().len() {
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        return Redirect::permanent(&format!("{path}{query}")).into_response();
    }
    let policy = HeaderValue::from_static(public::content_security_policy());
    // Whoever follows a link that was cut off or run together is told about the link, and is not sent to the staff's door.
    let page = if of_patients {
        public::refused_page(&Failure::not_found("survey"))
    } else {
        public::nowhere_page()
    };
    (StatusCode::NOT_FOUND, [(CONTENT_SECURITY_POLICY, policy)], Html(page)).into_response()
}
