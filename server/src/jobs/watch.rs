//! Notices a worker that takes no jobs any more.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sqlx::PgPool;
use tokio::time::{Instant, sleep};

use super::queue;
use crate::db::in_time;

/// Jobs that one process runs at a time.
pub(super) const CONCURRENCY: usize = 4;

/// How often it is looked.
const EVERY: Duration = Duration::from_secs(5);

/// How long looking may take.
const LOOK: Duration = Duration::from_secs(10);

/// How long a new worker has to come to its timetable.
const TIMETABLE: Duration = Duration::from_secs(3 * 60);

/// How many jobs run in this process.
static BUSY: AtomicUsize = AtomicUsize::new(0);

/// One job that runs, until it is dropped.
pub(super) struct Running;

impl Running {
    pub(super) fn begin() -> Self {
        BUSY.fetch_add(1, Ordering::SeqCst);
        Self
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        BUSY.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Comes back when jobs have been due for long although this process has a hand free, or the timetable stands still.
///
/// The queue's worker asks the database without an end: a line that died without a word while it took a job, or
/// gave one back, is a hand that it waits for, for ever.
pub(super) async fn until_stuck(pool: &PgPool) {
    let began = Instant::now();
    loop {
        sleep(EVERY).await;
        let free = BUSY.load(Ordering::SeqCst) < CONCURRENCY;
        // While the database is away, nobody can take jobs.
        if free && in_time(LOOK, queue::overdue(pool)).await.unwrap_or_default() {
            return;
        }
        if began.elapsed() > TIMETABLE
            && in_time(LOOK, queue::timetable_is_late(pool)).await.unwrap_or_default()
        {
            return;
        }
    }
}
