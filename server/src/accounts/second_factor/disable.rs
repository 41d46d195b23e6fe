//! Back to the password alone.

use px360_domain::Failure;
use px360_domain::accounts::DisableSecondFactor;

use super::{accept_in, store};
use crate::accounts::reauth::{Reproven, prove_password};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Stops asking the caller for a code. It takes the password and a code, of the app or for recovery.
///
/// # Errors
/// `Invalid` on `password` or `code`; `Conflict` with `second_factor_not_in_use`; `TooMany` after too
/// many wrong ones.
pub async fn disable_second_factor(ctx: &Ctx, cmd: DisableSecondFactor) -> Result<()> {
    let Reproven { granted, account, attempt } =
        prove_password(ctx, "password", &cmd.password).await?;
    let mut tx = ctx.begin(granted.clone()).await?;
    if !account.second_factor {
        attempt.refund_in(&mut tx).await?;
        tx.record(Entry::refused("account.second_factor_ended", "user", account.id));
        tx.commit().await?;
        return Err(Failure::conflict("second_factor_not_in_use").into());
    }
    if accept_in(&mut tx, account.id, &cmd.code).await?.is_none() {
        // The attempt stays counted: codes must not be guessed here either.
        tx.record(Entry::refused("account.second_factor_ended", "user", account.id));
        tx.commit().await?;
        return Err(Failure::invalid("code", "wrong_code").into());
    }
    attempt.refund_in(&mut tx).await?;
    store::forget(&mut tx, account.id).await?;
    tx.record(Entry::done("account.second_factor_ended", "user", account.id));
    tx.commit().await
}
