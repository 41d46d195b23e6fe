//! How sources do: counted, and judged by a rule of `px360-domain`.

use chrono::{DateTime, TimeDelta, Utc};
use px360_domain::calendar::WorkCalendar;
use px360_domain::integrations::{SourceHealth, SourceView, state_of};
use sqlx::PgConnection;

use super::store;
use crate::error::Result;

/// How far back messages are counted.
const LOOKED_AT: TimeDelta = TimeDelta::hours(24);

/// Says of each source how it does.
///
/// Silence counts in the working minutes of offices in Riyadh: nights and weekends are quiet anyway.
pub(super) async fn judge(
    db: &mut PgConnection,
    sources: &mut [SourceView],
    now: DateTime<Utc>,
) -> Result<()> {
    let counts = store::counts(db, now - LOOKED_AT).await?;
    let calendar = WorkCalendar::riyadh_office();
    for source in sources {
        let Some(count) = counts.get(&source.id) else { continue };
        let last = source.health.last_received_at.max(count.last_received_at);
        // Whoever never sent is not silent, only new.
        let silent = last.map_or(0, |last| calendar.elapsed_minutes(last, now, &[]));
        let state = state_of(
            source.active,
            last,
            silent,
            (count.received, count.failed),
            (source.silence_minutes_max, source.failure_percent_max),
        );
        source.health = SourceHealth {
            state,
            last_received_at: last,
            received: count.received,
            failed: count.failed,
            parked: count.parked,
            dead: count.dead,
        };
    }
    Ok(())
}
