//! All routes of this module, and the headers that each of their answers carries.

use std::sync::LazyLock;

use axum::Router;
use axum::middleware::map_response;
use axum::response::Response;
use http::{HeaderName, HeaderValue, header};
use px360_server::Deps;

use super::shell::content_security_policy;
use super::{
    import_routes, picture_routes, poster_routes, preview_routes, sign_in_routes, survey_routes,
};

/// Every route of this module.
///
/// The survey below `/s`, where codes of posters lead below `/p`, what it will look like below `/preview`,
/// pictures of choices below `/pictures`, sign-in and sign-out below both languages, and files that staff send and take.
pub fn router() -> Router<Deps> {
    let previews = preview_routes::router().layer(map_response(in_a_frame));
    survey_routes::router()
        .merge(poster_routes::router())
        .merge(sign_in_routes::router())
        .merge(previews)
        .layer(map_response(with_headers))
        .merge(picture_routes::router())
        .merge(import_routes::router())
}

static HEADERS: LazyLock<[(HeaderName, HeaderValue); 4]> = LazyLock::new(|| {
    [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        // The link is the key to the survey: no other site may learn it.
        (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(content_security_policy())),
    ]
});

async fn with_headers(mut response: Response) -> Response {
    for (name, value) in HEADERS.iter() {
        response.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    response
}

async fn in_a_frame(mut response: Response) -> Response {
    for (name, value) in preview_routes::HEADERS.iter() {
        response.headers_mut().insert(name.clone(), value.clone());
    }
    response
}
