//! Who a user is right now.

use px360_domain::Bilingual;
use px360_domain::ids::UserId;

use super::store;
use crate::ctx::{Actor, HeldGrant};
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
    let Some(user) = store::find_active_user(deps.pool(), id).await? else { return Ok(None) };
    let grants = store::list_grants(deps.pool(), id)
        .await?
        .into_iter()
        .map(|row| HeldGrant {
            role: row.role,
            hospital_id: row.hospital_id,
            department_id: row.department_id,
            subtree: row.subtree,
        })
        .collect();
    Ok(Some(Actor::User {
        id,
        username: user.username,
        name: Bilingual::new(user.name_ar, user.name_en),
        language: user.language,
        grants,
    }))
}
