//! A second factor that was lost with its recovery codes.

use px360_domain::ids::UserId;

use super::store;
use crate::accounts::{end_everything_in, gate};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Takes somebody's second factor away, so that they sign in with the password alone and begin
/// another one; ends all their sessions and tokens.
///
/// # Errors
/// `NotFound` for somebody out of reach, `Forbidden` for somebody at or above the caller.
pub async fn reset_second_factor(ctx: &Ctx, id: UserId) -> Result<()> {
    let granted = gate::to_secure(ctx, id).await?;
    let mut tx = ctx.begin(granted).await?;
    store::forget(&mut tx, id).await?;
    tx.record(Entry::done("account.second_factor_reset", "user", id));
    end_everything_in(&mut tx, id).await?;
    tx.commit().await
}
