//! A temporary password for somebody who lost theirs.

use px360_domain::accounts::TemporaryPassword;
use px360_domain::ids::UserId;
use secrecy::SecretString;

use super::{delegations, end_everything_in, gate, hash_password, second_factor, store};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Gives somebody a password that is good for signing in and choosing another one, and for nothing
/// else; ends all their sessions and tokens. It is returned once and kept nowhere.
///
/// A second factor stays: whoever resets the password alone still cannot sign in as them.
///
/// # Errors
/// `NotFound` for somebody out of reach, `Forbidden` for somebody at or above the caller.
pub async fn reset_password(ctx: &Ctx, id: UserId) -> Result<TemporaryPassword> {
    let granted = gate::to_secure(ctx, id).await?;
    let password = second_factor::random_words(ctx);
    let hash = hash_password(ctx.deps(), SecretString::from(password.expose())).await?;
    let mut tx = ctx.begin(granted).await?;
    store::set_password(&mut tx, id, &hash, true).await?;
    tx.record(Entry::done("account.password_reset", "user", id));
    end_everything_in(&mut tx, id).await?;
    delegations::end_all_in(&mut tx, id).await?;
    tx.commit().await?;
    Ok(TemporaryPassword { password })
}
