//! Work that happens later: one job per kind, woken in the transaction of its cause.
//!
//! The tables are the truth about what is to be done (`inbound_events`, `notifications`,
//! `actions`); each job claims from its table and is safe to run twice. A job only wakes: so a hot
//! path adds one job for a whole batch, and a lost wake-up costs at most a minute. The queue is
//! the crate `graphile_worker`; nothing else in the house knows it.

mod handlers;
pub(crate) mod queue;
mod wake;
mod watch;
mod worker;

pub use handlers::run;
pub use wake::Wake;
pub use worker::{WorkerHandle, start};
