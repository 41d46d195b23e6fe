//! How much one request may send, and how long it may take.

use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use http::StatusCode;
use tower_http::timeout::TimeoutLayer;

/// The largest body of an ordinary request: far above any form, far below what hurts.
pub const BODY_BYTES_MAX: usize = 256 * 1_024;

/// The longest that a request may take until its answer begins.
pub const REQUEST_SECONDS_MAX: u64 = 30;

/// Bounds the bodies of some routes. The innermost bound counts.
pub fn body(bytes_max: usize) -> DefaultBodyLimit {
    DefaultBodyLimit::max(bytes_max)
}

/// Ends requests that take too long; their unit of work is rolled back.
pub fn timeout() -> TimeoutLayer {
    TimeoutLayer::with_status_code(
        StatusCode::SERVICE_UNAVAILABLE,
        Duration::from_secs(REQUEST_SECONDS_MAX),
    )
}
