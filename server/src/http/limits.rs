//! How much one request may send, and how long it may take.

use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method, StatusCode};
use px360_domain::paths;

/// The largest body of an ordinary request: far above any form, far below what hurts.
pub const BODY_BYTES_MAX: usize = 256 * 1_024;

/// The longest that a request may take until its answer begins.
pub const REQUEST_SECONDS_MAX: u64 = 30;

/// The same for a file: 256 MiB over a line of 3 Mbit/s.
pub const UPLOAD_SECONDS_MAX: u64 = 12 * 60;

/// The same for a file of a patient: 10 MiB over a line of 500 kbit/s. No longer, because everybody who has a link can
/// send one.
pub const PATIENTS_FILE_SECONDS_MAX: u64 = 3 * 60;

/// Bounds the bodies of some routes. The innermost bound counts.
pub fn body(bytes_max: usize) -> DefaultBodyLimit {
    DefaultBodyLimit::max(bytes_max)
}

/// Ends requests that take too long; their unit of work is rolled back.
pub async fn timeout(request: Request, next: Next) -> Response {
    let seconds = if is_upload(&request) {
        UPLOAD_SECONDS_MAX
    } else if is_patients_file(&request) {
        PATIENTS_FILE_SECONDS_MAX
    } else {
        REQUEST_SECONDS_MAX
    };
    let answer = tokio::time::timeout(Duration::from_secs(seconds), next.run(request)).await;
    answer.unwrap_or_else(|_elapsed| StatusCode::SERVICE_UNAVAILABLE.into_response())
}

/// Whether this request hands in a file.
fn is_upload(request: &Request) -> bool {
    let path = request.uri().path();
    let is_file = path == "/api/organizations/imports/"
        || path == paths::KEEP_PICTURE
        || path.starts_with(paths::UPLOADS);
    request.method() == Method::POST && is_file
}

/// Whether a patient hands in a file: a form of several parts, or what a script sends.
fn is_patients_file(request: &Request) -> bool {
    let path = request.uri().path();
    let below = path.strip_prefix(paths::SURVEY);
    let is_form =
        below.is_some_and(|rest| rest.starts_with('/')) && is_form_of_parts(request.headers());
    let is_sent = path.starts_with("/api/surveys/submit/") && path.contains("/files/");
    is_form && request.method() == Method::POST || is_sent && request.method() == Method::PUT
}

/// Whether a body is a form of several parts, which files come in.
pub fn is_form_of_parts(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type.is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn a_file_may_take_longer_than_anything_else() {
        for (method, path, expected) in [
            (Method::POST, "/api/organizations/imports/", true),
            (Method::POST, "/uploads/ar/patients", true),
            (Method::POST, "/api/surveys/pictures/", true),
            (Method::GET, "/api/organizations/imports/", false),
            (Method::POST, "/api/organizations/imports/x/start/", false),
            (Method::POST, "/api/organizations/patients/", false),
        ] {
            let request = Request::builder().method(&method).uri(path);
            let request = request.body(Body::empty()).unwrap();
            assert_eq!(is_upload(&request), expected, "{method} {path}");
        }
    }

    #[test]
    fn so_may_a_file_of_a_patient() {
        for (method, path, kind, expected) in [
            (Method::POST, "/s/abc/2", "multipart/form-data; boundary=x", true),
            (Method::POST, "/s/abc/2", "application/x-www-form-urlencoded", false),
            (Method::POST, "/ar/login", "multipart/form-data; boundary=x", false),
            (Method::POST, "/sso/begin", "multipart/form-data; boundary=x", false),
            (Method::PUT, "/api/surveys/submit/abc/files/photo/", "image/png", true),
            (Method::POST, "/api/surveys/submit/abc/", "application/json", false),
        ] {
            let request = Request::builder().method(&method).uri(path).header(CONTENT_TYPE, kind);
            let request = request.body(Body::empty()).unwrap();
            assert_eq!(is_patients_file(&request), expected, "{method} {path}");
        }
    }
}
