//! What the database says about its own state.

use chrono::{DateTime, TimeDelta, Utc};

use crate::error::Result;
use crate::tx::Reader;

/// How late the jobs are.
pub(super) struct Lag {
    pub(super) events: TimeDelta,
    pub(super) notifications: TimeDelta,
}

impl Default for Lag {
    fn default() -> Self {
        Self { events: TimeDelta::zero(), notifications: TimeDelta::zero() }
    }
}

/// How long the oldest piece of due work has been waiting.
pub(super) async fn lag(read: Reader<'_>, now: DateTime<Utc>) -> Result<Lag> {
    let oldest = sqlx::query!(
        "select (select min(next_attempt_at) from inbound_events
                 where status = 'received' and next_attempt_at <= $1) as event,
                (select min(send_after) from notifications
                 where status = 'queued' and send_after <= $1) as notification",
        now,
    )
    .fetch_one(&mut *read.db().await?)
    .await?;
    let late = |since: Option<DateTime<Utc>>| since.map_or(TimeDelta::zero(), |since| now - since);
    Ok(Lag { events: late(oldest.event), notifications: late(oldest.notification) })
}
