//! No writing from foreign pages with our visitors' cookies (CSRF, ASVS 3.5).

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header::{AUTHORIZATION, COOKIE, HOST, ORIGIN};
use http::uri::Authority;
use http::{HeaderMap, HeaderName, Method, Uri};
use px360_domain::Failure;

use crate::deps::Deps;
use crate::error::Error;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses writing requests that a browser sent for a page of somebody else.
pub async fn check(State(deps): State<Deps>, request: Request, next: Next) -> Response {
    if is_ours(&request, &deps.http().public_url) {
        return next.run(request).await;
    }
    metrics::counter!("px360_foreign_writes_total").increment(1);
    // Without the path: that of a survey is a usable link.
    tracing::info!("a foreign page tried to write");
    Error::from(Failure::Forbidden).into_response()
}

fn is_ours(request: &Request, public_url: &str) -> bool {
    let headers = request.headers();
    let reads = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    // A page cannot make a browser send this header for it, and `caller` then ignores the cookie.
    if reads || headers.contains_key(AUTHORIZATION) {
        return true;
    }
    // Browsers write this header themselves, so it decides alone where they send it: our own pages
    // that send no referrer also send `Origin: null`. Over plain HTTP they leave it out.
    if let Some(site) = headers.get(FETCH_SITE) {
        return site == "same-origin" || site == "none";
    }
    if let Some(origin) = headers.get(ORIGIN) {
        return origin.to_str().is_ok_and(|origin| {
            same_origin(origin, public_url) || same_host(origin, request.uri(), headers)
        });
    }
    // Every browser sends one of the two with a writing request, so this is a program; one with
    // cookies is refused all the same, because only browsers need them.
    !headers.contains_key(COOKIE)
}

/// Compares scheme, host and port. `null` is nobody's origin.
fn same_origin(origin: &str, url: &str) -> bool {
    let parts = |text: &str| {
        let uri: Uri = text.parse().ok()?;
        Some((uri.scheme()?.clone(), uri.authority()?.clone()))
    };
    parts(origin).is_some_and(|origin| parts(url).is_some_and(|url| url == origin))
}

/// Compares host and port with those that the request was sent to. The scheme is not compared: a
/// proxy that ends TLS before us is not a foreign page.
fn same_host(origin: &str, uri: &Uri, headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let host = host.or_else(|| uri.authority().map(Authority::as_str));
    let origin = origin.parse::<Uri>().ok().filter(|origin| origin.scheme().is_some());
    let origin = origin.as_ref().and_then(Uri::authority);
    origin.zip(host).is_some_and(|(origin, host)| origin.as_str().eq_ignore_ascii_case(host))
}
