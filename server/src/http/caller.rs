//! Who asks: found once for each request, so that every door sees the same caller.

use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::HeaderValue;
use http::header::AUTHORIZATION;
use http::request::Parts;
use px360_domain::Failure;
use tower_sessions::Session;

use super::session;
use crate::accounts::load_actor_proved;
use crate::ctx::{Actor, Ctx, RequestMeta};
use crate::deps::Deps;
use crate::error::{Error, Result};

/// Finds the caller and hands the handlers their [`Ctx`].
///
/// An `Authorization` header decides alone: when it is wrong the answer is 401, and the session is
/// not even read. So a request with that header never acts with a cookie, and needs no protection
/// against foreign pages; and the intake of events costs no session.
///
/// Whoever asks more than their share is answered 429.
pub async fn attach(State(deps): State<Deps>, mut request: Request, next: Next) -> Response {
    let meta = request.extensions().get::<RequestMeta>().cloned().unwrap_or_default();
    let authorization = request.headers().get(AUTHORIZATION).cloned();
    let session = request.extensions().get::<Session>().cloned();
    let session = session.filter(|_| authorization.is_none());
    let found = match (&authorization, &session) {
        (Some(header), _) => of_header(&deps, header).await,
        (None, Some(session)) => of_session(&deps, session).await,
        (None, None) => Ok(Actor::Anonymous),
    };
    let counted = match &found {
        Ok(actor) => deps.rates().count(actor, &meta),
        Err(_wrong) => deps.rates().count_address(&meta),
    };
    if let Err(too_many) = counted {
        return Error::from(too_many).into_response();
    }
    match found {
        Ok(actor) => {
            let ctx = Ctx::new(deps, actor, meta);
            let ctx = match session {
                Some(session) => ctx.in_session(session),
                None => ctx,
            };
            request.extensions_mut().insert(ctx);
            next.run(request).await
        }
        Err(error) => error.into_response(),
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Ctx {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| {
            Error::Broken(anyhow::anyhow!("a route is not behind `http::caller::attach`"))
        })
    }
}

async fn of_header(deps: &Deps, header: &HeaderValue) -> Result<Actor> {
    let credentials = header.to_str().ok().and_then(|text| text.split_once(' '));
    let actor = match credentials {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
            of_token(deps, token.trim()).await?
        }
        Some((scheme, key)) if scheme.eq_ignore_ascii_case("api-key") => {
            deps.source_keys().find(deps, key.trim()).await?
        }
        _ => None,
    };
    actor.ok_or_else(|| {
        metrics::counter!("px360_wrong_credentials_total").increment(1);
        Failure::Unauthenticated.into()
    })
}

async fn of_token(deps: &Deps, token: &str) -> Result<Option<Actor>> {
    match deps.tokens().verify(token, deps.clock().now()) {
        Some((user_id, signed_at)) => load_actor_proved(deps, user_id, Some(signed_at)).await,
        None => Ok(None),
    }
}

async fn of_session(deps: &Deps, session: &Session) -> Result<Actor> {
    let Some(owner) = session::owner(session, deps.clock().now()).await? else {
        return Ok(Actor::Anonymous);
    };
    match load_actor_proved(deps, owner.user_id, owner.proved_at).await? {
        Some(actor) => Ok(actor),
        None => {
            // Disabled, or of before a new password: it must not come back to life.
            session::kill(session).await?;
            Ok(Actor::Anonymous)
        }
    }
}
