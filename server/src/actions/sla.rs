//! Which deadlines apply, on the hospital's own calendar.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use px360_domain::actions::Severity;
use px360_domain::calendar::WorkCalendar;
use px360_domain::ids::HospitalId;

use super::store;
use crate::error::Result;
use crate::tx::Tx;

/// The deadlines of one action, and the calendar that they were computed on.
pub(super) struct Deadlines {
    pub(super) response_due_at: DateTime<Utc>,
    pub(super) resolution_due_at: DateTime<Utc>,
}

/// Computes the deadlines of an action that is opened now.
pub(super) async fn deadlines(
    tx: &mut Tx,
    hospital_id: HospitalId,
    severity: Severity,
) -> Result<Deadlines> {
    let policy = store::sla_policy(tx, hospital_id, severity).await?;
    let now = tx.now();
    Ok(Deadlines {
        response_due_at: due_at(&policy.calendar, now, policy.response_minutes)?,
        resolution_due_at: due_at(&policy.calendar, now, policy.resolution_minutes)?,
    })
}

/// The end of this much working time.
pub(super) fn due_at(
    calendar: &WorkCalendar,
    from: DateTime<Utc>,
    budget_minutes: u32,
) -> Result<DateTime<Utc>> {
    let due = calendar
        .deadline(from, budget_minutes, &[])
        .context("the hospital's calendar has no working time")?;
    Ok(due)
}
