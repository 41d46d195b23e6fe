//! New recovery codes in the place of the old ones.

use px360_domain::accounts::{ProveSecondFactor, RecoveryCodes};

use super::prove::prove_both;
use super::recovery::new_codes_in;
use super::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Ten new recovery codes, once; the old ones are worth nothing any more. It takes the password and a code,
/// of the app or for recovery.
///
/// # Errors
/// `Invalid` on `password` or `code`; `Conflict` with `second_factor_not_in_use`; `TooMany` after too
/// many wrong ones.
pub async fn renew_recovery_codes(ctx: &Ctx, cmd: ProveSecondFactor) -> Result<RecoveryCodes> {
    let deed = "account.recovery_codes_renewed";
    let (mut tx, me) = prove_both(ctx, &cmd, deed).await?;
    store::forget_recovery_codes(&mut tx, me).await?;
    let codes = new_codes_in(&mut tx, me).await?;
    tx.record(Entry::done(deed, "user", me));
    tx.commit().await?;
    Ok(codes)
}
