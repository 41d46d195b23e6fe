//! How sources do: counted, and judged by a rule of `px360-domain`.

use chrono::{DateTime, TimeDelta, Utc};
use px360_domain::calendar::WorkCalendar;
use px360_domain::integrations::{SourceHealth, SourceState, SourceView, state_of};
use sqlx::PgConnection;

use super::store;
use crate::error::Result;

/// How far back messages are counted.
const LOOKED_AT: TimeDelta = TimeDelta::hours(24);

/// Says of each source how it does; `everything` when the reader sees all that they sent.
///
/// Silence counts in the working minutes of offices in Riyadh: nights and weekends are quiet anyway.
pub(super) async fn judge(
    db: &mut PgConnection,
    sources: &mut [SourceView],
    now: DateTime<Utc>,
    everything: bool,
) -> Result<()> {
    let counts = store::counts(db, now - LOOKED_AT).await?;
    let calendar = WorkCalendar::riyadh_office();
    for source in sources {
        let Some(count) = counts.get(&source.id) else { continue };
        let last = source.health.last_received_at.max(count.last_received_at);
        // Whoever never sent is not silent, only new.
        let silent = last.map_or(0, |last| calendar.elapsed_minutes(last, now, &[]));
        // Of what was rejected, not everybody sees all: what the clockwork has seen and told holds.
        let told = matches!(source.health.state, SourceState::Silent | SourceState::Failing)
            .then_some(source.health.state);
        let seen = state_of(
            source.active,
            last,
            silent,
            (count.received, count.failed),
            (source.silence_minutes_max, source.failure_percent_max),
        );
        let state = match (everything, told, seen) {
            (false, Some(told), SourceState::Well) => told,
            _ => seen,
        };
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
