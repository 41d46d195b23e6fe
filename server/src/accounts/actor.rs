//! Who a user is right now.

use chrono::{DateTime, Utc};
use px360_domain::Bilingual;
use px360_domain::ids::UserId;

use super::delegations;
use super::store::{self, ActiveUser};
use crate::ctx::Actor;
use crate::deps::Deps;
use crate::error::Result;

/// Reads a user with every grant, or none when there is no such active user.
///
/// Asked on every request and never cached, so that a role that was taken away, or a user who was
/// disabled, is felt by the next click.
///
/// # Errors
/// `Broken` when the database does not answer.
pub async fn load_actor(deps: &Deps, id: UserId) -> Result<Option<Actor>> {
    match store::find_active_user(deps.pool(), id).await? {
        Some(user) => Ok(Some(with_grants(deps, id, user).await?)),
        None => Ok(None),
    }
}

/// The same for whoever proved at this instant to be that user: none when the password has been
/// changed since.
///
/// Sessions and refresh tokens are ended with the password. This is for what that cannot reach: an
/// access token that is still valid, and a session that was being begun.
pub(crate) async fn load_actor_proved(
    deps: &Deps,
    id: UserId,
    proved_at: Option<DateTime<Utc>>,
) -> Result<Option<Actor>> {
    let Some(user) = store::find_active_user(deps.pool(), id).await? else { return Ok(None) };
    // In whole seconds: tokens know no others.
    let is_stale = |changed: DateTime<Utc>| {
        proved_at.is_some_and(|proved| proved.timestamp() < changed.timestamp())
    };
    if user.password_changed_at.is_some_and(is_stale) {
        return Ok(None);
    }
    Ok(Some(with_grants(deps, id, user).await?))
}

async fn with_grants(deps: &Deps, id: UserId, user: ActiveUser) -> Result<Actor> {
    let grants = store::list_grants(deps.pool(), id).await?;
    let stands_in_for = delegations::stands_in_for(deps, id, &grants).await?;
    Ok(Actor::User {
        id,
        username: user.username,
        name: Bilingual::new(user.name_ar, user.name_en),
        language: user.language,
        grants,
        must_change_password: user.must_change_password,
        stands_in_for,
    })
}
