//! Browser sessions: a random id in a cookie, everything else in the database.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use chrono::{DateTime, TimeDelta, Utc};
use http::HeaderValue;
use http::header::{Entry, SET_COOKIE};
use px360_domain::ids::UserId;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, Session, SessionManagerLayer};

use crate::accounts::{
    HalfSignedIn, PgSessionStore, SESSION_BEGUN_AT, SESSION_ENDS_AT, SESSION_IDLE_MINUTES,
    SESSION_IP, SESSION_SEEN_AT, SESSION_USER, SESSION_USER_AGENT, SentToProvider, SignedIn,
    sign_out, unavailable,
};
use crate::ctx::{Ctx, RequestMeta};
use crate::deps::Deps;
use crate::error::Result;

/// Under this key stands who has shown a password and still has to show a code. It is no session: only
/// [`SESSION_USER`] makes a caller.
const HALF: &str = "half_signed_in";

/// Under this key stands who was sent to the identity provider. It is no session either.
const SSO: &str = "single_sign_on";

/// The longest life of a session: a working day (ASVS 7.3.2).
const LIFE_HOURS: i64 = 8;

/// A session is written back at most once in this time, or every request would be a write.
const TOUCH_SECONDS: i64 = 60;

/// The prefix makes browsers insist on `Secure`, `Path=/` and no `Domain`.
const COOKIE_HTTPS: &str = "__Host-px360";
const COOKIE_HTTP: &str = "px360_session";

/// What the cookie is called.
pub(super) fn cookie_name(deps: &Deps) -> &'static str {
    if deps.http().is_https() { COOKIE_HTTPS } else { COOKIE_HTTP }
}

/// Makes the session available to what is inside. It is read from the database when first asked.
pub fn layer(deps: &Deps) -> SessionManagerLayer<PgSessionStore> {
    let https = deps.http().is_https();
    SessionManagerLayer::new(PgSessionStore::new(deps))
        .with_name(cookie_name(deps))
        .with_secure(https)
        .with_http_only(true)
        // Not `Strict`: links to PX360 in mails must find people signed in.
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(time::Duration::minutes(SESSION_IDLE_MINUTES)))
}

/// Begins the session of somebody who just signed in.
///
/// The id changes and nothing from before stays: whoever knew or prepared the old session has
/// nothing of the new one.
///
/// # Errors
/// `Unavailable` when the session cannot be stored.
pub async fn begin(session: &Session, meta: &RequestMeta, signed_in: &SignedIn) -> Result<()> {
    let ends_at = signed_in.at + TimeDelta::hours(LIFE_HOURS);
    let begun = async {
        session.clear().await;
        session.cycle_id().await?;
        session.insert(SESSION_USER, signed_in.user_id).await?;
        session.insert(SESSION_BEGUN_AT, signed_in.at).await?;
        session.insert(SESSION_SEEN_AT, signed_in.at).await?;
        session.insert(SESSION_IP, meta.ip).await?;
        session.insert(SESSION_USER_AGENT, meta.user_agent.as_deref()).await?;
        session.insert(SESSION_ENDS_AT, ends_at).await
    };
    begun.await.map_err(unavailable)
}

/// Remembers who has shown the right password and is asked for a code next. The id changes here too:
/// whoever prepared it must not be a code away from somebody else's account.
///
/// # Errors
/// `Unavailable` when it cannot be stored.
pub async fn begin_half(session: &Session, half: &HalfSignedIn) -> Result<()> {
    let begun = async {
        session.clear().await;
        session.cycle_id().await?;
        session.insert(HALF, half).await
    };
    begun.await.map_err(unavailable)
}

/// Who has shown the right password in this browser and is still asked for a code.
///
/// # Errors
/// `Unavailable` when the session cannot be read.
pub async fn half(session: &Session) -> Result<Option<HalfSignedIn>> {
    session.get(HALF).await.map_err(unavailable)
}

/// Remembers who was sent to the identity provider. The id changes here too.
///
/// # Errors
/// `Unavailable` when it cannot be stored.
pub async fn begin_sso(session: &Session, sent: &SentToProvider) -> Result<()> {
    let begun = async {
        session.clear().await;
        session.cycle_id().await?;
        session.insert(SSO, sent).await
    };
    begun.await.map_err(unavailable)
}

/// Who was sent to the identity provider from this browser: told once.
///
/// # Errors
/// `Unavailable` when the session cannot be read.
pub async fn take_sso(session: &Session) -> Result<Option<SentToProvider>> {
    session.remove(SSO).await.map_err(unavailable)
}

/// Ends the session and remembers that its owner signed out.
///
/// # Errors
/// `Unavailable` when the session cannot be deleted.
pub async fn end(session: &Session, ctx: &Ctx) -> Result<()> {
    kill(session).await?;
    sign_out(ctx).await
}

/// Deletes the session, here and in the database.
pub(super) async fn kill(session: &Session) -> Result<()> {
    session.flush().await.map_err(unavailable)
}

/// Whose session this is.
pub(super) struct Owner {
    pub(super) user_id: UserId,
    /// When they proved it; sessions of an older program do not know.
    pub(super) proved_at: Option<DateTime<Utc>>,
}

/// Whose session this is. Being asked counts as activity.
pub(super) async fn owner(session: &Session, now: DateTime<Utc>) -> Result<Option<Owner>> {
    let Some(user_id) = session.get::<UserId>(SESSION_USER).await.map_err(unavailable)? else {
        return Ok(None);
    };
    let seen_at = session.get::<DateTime<Utc>>(SESSION_SEEN_AT).await.map_err(unavailable)?;
    if seen_at.is_none_or(|seen_at| now - seen_at >= TimeDelta::seconds(TOUCH_SECONDS)) {
        session.insert(SESSION_SEEN_AT, now).await.map_err(unavailable)?;
    }
    let proved_at = session.get::<DateTime<Utc>>(SESSION_BEGUN_AT).await.map_err(unavailable)?;
    Ok(Some(Owner { user_id, proved_at }))
}

/// Completes the cookie that takes a session away: `tower_sessions` leaves `Secure` out of it, and
/// browsers ignore every `__Host-` cookie without, also one that is to be deleted.
pub async fn complete_removal(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let Entry::Occupied(mut cookies) = response.headers_mut().entry(SET_COOKIE) else {
        return response;
    };
    for cookie in cookies.iter_mut() {
        let incomplete = cookie
            .to_str()
            .ok()
            .filter(|text| text.starts_with("__Host-") && !text.contains("; Secure"))
            .map(|text| format!("{text}; Secure"));
        if let Some(Ok(complete)) = incomplete.map(HeaderValue::try_from) {
            *cookie = complete;
        }
    }
    response
}
