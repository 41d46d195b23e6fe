//! Wakes jobs behind commits, for everybody who waits at once.
//!
//! A wake-up inside a transaction holds the job's row, and the one lock that every NOTIFY takes, until the commit has
//! reached the disk: units of work that wake the same job would commit one after the other (ADR 0040).

use std::collections::BTreeSet;
use std::mem;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sqlx::PgPool;

use super::{Wake, queue};
use crate::db::in_time;

/// How long one ringing may take.
const RUNG: Duration = Duration::from_secs(5);

/// What is to be woken, and whose turn it is to do so.
#[derive(Default)]
pub(crate) struct Bell {
    wanted: Mutex<BTreeSet<Wake>>,
    turn: tokio::sync::Mutex<()>,
}

impl Bell {
    /// Wakes these jobs, with those of everybody who came while somebody else rang.
    ///
    /// What was committed stays so whatever becomes of this: a wake-up that is lost is made good by the timetable,
    /// within a minute.
    pub(crate) async fn ring(&self, pool: &PgPool, wakes: &[Wake]) {
        if wakes.is_empty() {
            return;
        }
        self.wanted().extend(wakes);
        let _turn = self.turn.lock().await;
        let wanted = mem::take(&mut *self.wanted());
        // Whoever rang before may have rung for us.
        if wanted.is_empty() {
            return;
        }
        let names: Vec<&str> = wanted.iter().map(|wake| wake.identifier()).collect();
        if let Err(error) = in_time(RUNG, queue::wake(pool, &names)).await {
            tracing::warn!(?names, "jobs were not woken and wait for the timetable: {error}");
        }
    }

    fn wanted(&self) -> std::sync::MutexGuard<'_, BTreeSet<Wake>> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
