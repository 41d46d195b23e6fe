//! Where a request came from.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::USER_AGENT;
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::ctx::RequestMeta;
use crate::deps::Deps;
use crate::error::Error;

/// The most that is kept of what a client calls itself.
const USER_AGENT_CHARS_MAX: usize = 200;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Gives the request an id and notes its sender; the answer carries the id too.
///
/// An id that the client sent is not taken over: ids are how we find a log line again, so nobody
/// else may choose them.
pub async fn attach(State(deps): State<Deps>, mut request: Request, next: Next) -> Response {
    let request_id = deps.chance().id(deps.clock().now()).to_string();
    let header = HeaderValue::from_str(&request_id);
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let headers = request.headers();
    let forwarded = if deps.http().trust_proxy { last_forwarded(headers) } else { None };
    let meta = RequestMeta {
        request_id,
        ip: forwarded.or(peer).map(|ip| ip.to_canonical()),
        user_agent: user_agent(headers),
    };
    request.extensions_mut().insert(meta);
    let mut response = next.run(request).await;
    if let Ok(header) = header {
        response.headers_mut().insert(REQUEST_ID, header);
    }
    response
}

impl<S: Send + Sync> FromRequestParts<S> for RequestMeta {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| {
            Error::Broken(anyhow::anyhow!("a route is not behind `http::meta::attach`"))
        })
    }
}

/// The last hop: our own proxy wrote it. Everything before it is hearsay.
fn last_forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let hop = headers.get_all(FORWARDED_FOR).iter().next_back()?.to_str().ok()?;
    let hop = hop.rsplit(',').next()?.trim();
    hop.parse::<IpAddr>()
        .or_else(|_no_bare_ip| hop.parse::<SocketAddr>().map(|addr| addr.ip()))
        .ok()
}

fn user_agent(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(USER_AGENT)?.to_str().ok()?;
    Some(text.chars().take(USER_AGENT_CHARS_MAX).collect())
}
