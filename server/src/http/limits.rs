//! How much one request may send, and how long it may take.

use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::{Method, StatusCode};
use px360_domain::paths;

/// The largest body of an ordinary request: far above any form, far below what hurts.
pub const BODY_BYTES_MAX: usize = 256 * 1_024;

/// The longest that a request may take until its answer begins.
pub const REQUEST_SECONDS_MAX: u64 = 30;

/// The same for a file: 256 MiB over a line of 3 Mbit/s.
pub const UPLOAD_SECONDS_MAX: u64 = 12 * 60;

/// Bounds the bodies of some routes. The innermost bound counts.
pub fn body(bytes_max: usize) -> DefaultBodyLimit {
    DefaultBodyLimit::max(bytes_max)
}

/// Ends requests that take too long; their unit of work is rolled back.
pub async fn timeout(request: Request, next: Next) -> Response {
    let seconds = if is_upload(&request) { UPLOAD_SECONDS_MAX } else { REQUEST_SECONDS_MAX };
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
}
