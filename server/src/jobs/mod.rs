//! Work that happens later: one job per kind, woken behind the commit of its cause.
//!
//! The tables are the truth about what is to be done (`inbound_events`, `notifications`,
//! `actions`); each job claims from its table and is safe to run twice. A job only wakes: so a hot
//! path adds one job for a whole batch, and a lost wake-up costs at most a minute. The queue is
//! the crate `graphile_worker`; nothing else in the house knows it.

mod bell;
mod handlers;
pub(crate) mod queue;
mod wake;
mod watch;
mod worker;

use anyhow::Context as _;
pub(crate) use bell::Bell;
use chrono::TimeDelta;
pub use handlers::run;

use crate::deps::Deps;
use crate::error::Result;
pub use wake::Wake;
pub use worker::{WorkerHandle, start};

/// Wakes a job after so long: for what nobody's unit of work will wake, because nothing was written.
pub(crate) async fn wake_in(deps: &Deps, wake: Wake, wait: TimeDelta) -> Result<()> {
    let mut db = deps.pool().acquire().await.context("waking a job later")?;
    let seconds = wait.as_seconds_f64();
    Ok(queue::add_in(&mut db, wake, seconds).await.context("waking a job later")?)
}
