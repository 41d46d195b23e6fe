//! Lines to the database for statements that stand alone.
//!
//! A line out of the pool is asked twice when it comes back whether it is alive. The busiest read is one message long,
//! so it has a few lines of its own, which are asked only after they rested (ADR 0037).

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use sqlx::{PgConnection, PgPool};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use crate::db::{TRUSTED, answers};
use crate::error::Result;

/// How many there are at most, beside those of the pool: one message takes a fraction of a millisecond.
const LINES_MAX: usize = 8;

/// How long one may rest and still be asked: what is silent for longer, some firewall has forgotten.
const RESTS_MAX: Duration = Duration::from_secs(4 * 60);

/// The lines of one process.
pub(crate) struct Lines {
    resting: Mutex<Vec<(Instant, PgConnection)>>,
    turns: Semaphore,
}

impl Default for Lines {
    fn default() -> Self {
        Self { resting: Mutex::default(), turns: Semaphore::new(LINES_MAX) }
    }
}

impl Lines {
    /// A line that was alive a moment ago: one that rests, or a new one. Others wait for theirs.
    ///
    /// # Errors
    /// `Broken` when the database does not answer.
    pub(crate) async fn line(&self, pool: &PgPool) -> Result<Line<'_>> {
        let turn = self.turns.acquire().await.context("waiting for a line")?;
        if let Some((since, mut db)) = self.last_rested() {
            let rested = since.elapsed();
            if rested < TRUSTED || rested < RESTS_MAX && answers(&mut db).await.unwrap_or_default()
            {
                return Ok(Line { db, lines: self, _turn: turn });
            }
            // The others rested longer.
            self.resting().clear();
        }
        // As the pool opens them, with the role and the scope of whoever asks outside of a transaction.
        let db = pool.acquire().await.context("opening a line")?.detach();
        Ok(Line { db, lines: self, _turn: turn })
    }

    fn last_rested(&self) -> Option<(Instant, PgConnection)> {
        self.resting().pop()
    }

    fn resting(&self) -> MutexGuard<'_, Vec<(Instant, PgConnection)>> {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A line in use. One that is not put to [`rest`](Self::rest) is closed: nobody knows what still comes over it.
pub(crate) struct Line<'a> {
    db: PgConnection,
    lines: &'a Lines,
    _turn: SemaphorePermit<'a>,
}

impl Line<'_> {
    pub(crate) fn db(&mut self) -> &mut PgConnection {
        &mut self.db
    }

    /// Keeps the line for the next one: it has answered all that it was asked.
    pub(crate) fn rest(self) {
        self.lines.resting().push((Instant::now(), self.db));
    }
}
