//! Somebody must be left who may do everything.

use px360_domain::Failure;
use px360_domain::ids::UserId;

use super::store;
use crate::error::Result;
use crate::tx::Tx;

/// Refuses when this person is the last active PX Admin. To be asked, in the same unit of work, before
/// they lose the role or are disabled.
///
/// Units of work that ask follow each other until they commit, so that of two PX Admins who disable each
/// other at the same moment one stays.
///
/// # Errors
/// `Conflict` with `last_px_admin`.
pub async fn guard_last_px_admin_in(tx: &mut Tx, user_id: UserId) -> Result<()> {
    store::lock_px_admin(tx).await?;
    // A statement of its own: it sees what the one before us committed while we waited.
    let admins = store::active_px_admins(tx).await?;
    if admins == [user_id] { Err(Failure::conflict("last_px_admin").into()) } else { Ok(()) }
}
