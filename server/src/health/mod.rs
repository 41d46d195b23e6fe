//! Whether this process can do its work, for load balancers and for the operator.

mod store;

use chrono::TimeDelta;
use px360_domain::access::Permission;
use serde::Serialize;
use utoipa::ToSchema;

use crate::db::{MIGRATOR, applied_migrations};
use crate::deps::Deps;
use crate::error::Result;

/// How late jobs may be before the process calls itself not ready.
const LAG_MAX: TimeDelta = TimeDelta::minutes(15);

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Readiness {
    /// Whether everything below is as it should be.
    pub ready: bool,
    /// Migrations of this program that the database lacks.
    pub migrations_pending: usize,
    /// Seconds that the oldest stored event waits to be applied.
    pub event_lag_seconds: i64,
    /// Seconds that the oldest due message waits to be sent.
    pub notification_lag_seconds: i64,
}

/// Looks at the database, its schema and how late the jobs are.
///
/// # Errors
/// `Broken` when the database does not answer.
pub async fn readiness(deps: &Deps) -> Result<Readiness> {
    let ctx = deps.system("health");
    let granted = ctx.require(Permission::SystemSetUp)?;
    let read = ctx.read(&granted);
    // Without a transaction: before the first migration there is no role to begin one as.
    let applied = applied_migrations(deps.pool()).await?;
    let pending = MIGRATOR.iter().filter(|known| !applied.contains(&known.version)).count();
    let lag = if pending == 0 { store::lag(read, ctx.now()).await? } else { store::Lag::default() };
    let late = lag.events.max(lag.notifications) > LAG_MAX;
    Ok(Readiness {
        ready: pending == 0 && !late,
        migrations_pending: pending,
        event_lag_seconds: lag.events.num_seconds(),
        notification_lag_seconds: lag.notifications.num_seconds(),
    })
}
