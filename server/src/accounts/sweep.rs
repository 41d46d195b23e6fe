//! Forgetting what is over.

use chrono::TimeDelta;

use super::{sessions, throttle, tokens};
use crate::error::Result;
use crate::tx::Tx;

/// By then every failure has leaked away.
const QUIET_HOURS: i64 = 24;

/// Deletes sessions, refresh tokens and counters of failures that can have no effect any more, and
/// says how many rows that were. The caller records it.
///
/// # Errors
/// `Broken` when the database does not answer.
pub async fn sweep_expired_in(tx: &mut Tx) -> Result<u64> {
    let now = tx.now();
    let quiet_before = now - TimeDelta::hours(QUIET_HOURS);
    Ok(sessions::delete_expired(tx, now).await?
        + tokens::delete_expired(tx, now).await?
        + throttle::delete_quiet(tx, quiet_before).await?)
}
