//! The password and a code, both once more.

use px360_domain::Failure;
use px360_domain::accounts::ProveSecondFactor;
use px360_domain::ids::UserId;

use super::{accept_in, store};
use crate::accounts::reauth::{Reproven, prove_password};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::tx::Tx;

/// A unit of work for whoever showed both. Who did not is remembered as refused, and counted: codes must not
/// be guessed here either.
///
/// # Errors
/// `Invalid` on `password` or `code`; `Conflict` with `second_factor_not_in_use`; `TooMany` after too
/// many wrong ones.
pub(super) async fn prove_both(
    ctx: &Ctx,
    cmd: &ProveSecondFactor,
    deed: &'static str,
) -> Result<(Tx, UserId)> {
    let Reproven { granted, account, attempt } =
        prove_password(ctx, "password", &cmd.password).await?;
    let mut tx = ctx.begin(granted).await?;
    if !account.second_factor {
        attempt.refund_in(&mut tx).await?;
        tx.record(Entry::refused(deed, "user", account.id));
        tx.commit().await?;
        return Err(Failure::conflict("second_factor_not_in_use").into());
    }
    // One after the other: each would take the codes that the other has just locked.
    store::lock(&mut tx, account.id).await?;
    if accept_in(&mut tx, account.id, &cmd.code).await?.is_none() {
        tx.record(Entry::refused(deed, "user", account.id));
        tx.commit().await?;
        return Err(Failure::invalid("code", "wrong_code").into());
    }
    attempt.refund_in(&mut tx).await?;
    Ok((tx, account.id))
}
