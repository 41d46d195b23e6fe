//! Headers that every answer carries.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderName, HeaderValue};

/// For what brings no policy of its own: JSON, files, redirects.
const NOTHING_LOADS: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

/// Adds the headers that are not there yet; pages bring a policy of their own.
pub(crate) async fn add(State(is_https): State<bool>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut keep = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    keep(CONTENT_SECURITY_POLICY, NOTHING_LOADS);
    // Pages and JSON name patients; files say themselves how long they may be kept.
    keep(CACHE_CONTROL, "no-store");
    keep(X_CONTENT_TYPE_OPTIONS, "nosniff");
    keep(X_FRAME_OPTIONS, "DENY");
    // Not `no-referrer`: forms would then post with `Origin: null`, which we refuse.
    keep(REFERRER_POLICY, "same-origin");
    keep(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    keep(
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=()",
    );
    if is_https {
        keep(STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    response
}
