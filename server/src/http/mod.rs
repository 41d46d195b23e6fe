//! What stands between a request and its handler: who asks, from where, and what a no looks like.
//!
//! No handler lives here, and no rule about who may do what: that is `Ctx::require`. The root crate
//! puts its routes behind [`guard`].

mod body;
pub mod caller;
pub mod limits;
pub mod meta;
pub mod openapi;
pub mod origin;
pub mod problem;
pub mod query;
mod rates;
pub mod session;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
pub use body::{Body, EventBody, FileBody};
pub use problem::{Problem, ProblemBody};
pub(crate) use rates::Rates;
pub use tower_sessions::Session;

pub use crate::ctx::RequestMeta;
use crate::deps::Deps;

/// Puts every guard before these routes, in the one right order, from the outside in:
///
/// 1. the request gets its id, which all that follows mentions;
/// 2. whatever was refused below becomes a problem document;
/// 3. a request that takes too long ends, a file later than the rest;
/// 4. foreign pages cannot write with our visitors' cookies;
/// 5. a query that no text of ours can hold is refused;
/// 6. the session is at hand, unread;
/// 7. the caller is found and counted, and the handlers' `Ctx` made;
/// 8. bodies are bounded; a route that takes more says so itself with [`limits::body`].
///
/// Static files need none of this and belong outside: with a cookie each request reads the session.
pub fn guard(routes: Router, deps: &Deps) -> Router {
    routes
        .layer(limits::body(limits::BODY_BYTES_MAX))
        .layer(from_fn_with_state(deps.clone(), caller::attach))
        .layer(session::layer(deps))
        .layer(from_fn(session::complete_removal))
        .layer(from_fn(query::check))
        .layer(from_fn_with_state(deps.clone(), origin::check))
        .layer(from_fn(limits::timeout))
        .layer(from_fn(problem::render))
        .layer(from_fn_with_state(deps.clone(), meta::attach))
}
