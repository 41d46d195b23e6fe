//! What no query of an address may hold, whichever door reads it.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use px360_domain::Failure;

use crate::error::Error;

/// Refuses a query with a NUL in it: no text of ours has one, Postgres' `text` cannot hold one, and no
/// door should have to think of that.
pub async fn check(request: Request, next: Next) -> Response {
    match request.uri().query().and_then(field_with_nul) {
        None => next.run(request).await,
        Some(field) => Error::from(Failure::invalid(&field, "malformed")).into_response(),
    }
}

/// The first field whose name or value has a NUL in it.
fn field_with_nul(query: &str) -> Option<String> {
    // An address holds none as it stands.
    if !query.contains("%00") {
        return None;
    }
    form_urlencoded::parse(query.as_bytes())
        .find(|(field, value)| field.contains('\0') || value.contains('\0'))
        .map(|(field, _)| field.replace('\0', "\u{fffd}"))
}
