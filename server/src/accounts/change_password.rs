//! A new password for oneself.

use px360_domain::accounts::{ChangePassword, password_faults};
use px360_domain::{Failure, FieldFault};
use secrecy::SecretString;

use super::reauth::{Reproven, prove_password};
use super::{end_everything_in, hash_password, sessions, store};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Changes the caller's password and signs out whatever knows the old one: all other sessions and all
/// refresh tokens. The session that asks carries on under a new id.
///
/// # Errors
/// `Invalid` on `current` when that is not the password, and on `new` for a weak one; `TooMany` after
/// too many wrong ones.
pub async fn change_password(ctx: &Ctx, cmd: ChangePassword) -> Result<()> {
    let Reproven { granted, account, attempt } =
        prove_password(ctx, "current", &cmd.current).await?;
    let mut faults = password_faults("new", &account.username, cmd.new.expose());
    if cmd.new == cmd.current {
        faults.push(FieldFault::new("new", "same_as_before"));
    }
    if !faults.is_empty() {
        // The password was right: that was no guess.
        let mut tx = ctx.begin(granted).await?;
        attempt.refund_in(&mut tx).await?;
        tx.record(Entry::refused("account.password_changed", "user", account.id));
        tx.commit().await?;
        return Err(Failure::Invalid { faults }.into());
    }
    let password_hash = hash_password(ctx.deps(), SecretString::from(cmd.new.expose())).await?;
    let mut tx = ctx.begin(granted).await?;
    store::set_password(&mut tx, account.id, &password_hash, false).await?;
    attempt.refund_in(&mut tx).await?;
    tx.record(Entry::done("account.password_changed", "user", account.id));
    end_everything_in(&mut tx, account.id).await?;
    tx.commit().await?;
    sessions::carry_on(ctx).await
}
