//! Back to the password alone.

use px360_domain::accounts::ProveSecondFactor;

use super::prove::prove_both;
use super::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Stops asking the caller for a code. It takes the password and a code, of the app or for recovery.
///
/// # Errors
/// `Invalid` on `password` or `code`; `Conflict` with `second_factor_not_in_use`; `TooMany` after too
/// many wrong ones.
pub async fn disable_second_factor(ctx: &Ctx, cmd: ProveSecondFactor) -> Result<()> {
    let deed = "account.second_factor_ended";
    let (mut tx, me) = prove_both(ctx, &cmd, deed).await?;
    store::forget(&mut tx, me).await?;
    tx.record(Entry::done(deed, "user", me));
    tx.commit().await
}
