//! One unit of work: rows and what is remembered of them, all of it or none; and what follows.

use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use px360_domain::access::Reach;
use sqlx::{PgConnection, Postgres, Transaction};

use crate::audit::{self, Entry};
use crate::ctx::{Ctx, Granted};
use crate::db::in_time;
use crate::deps::Deps;
use crate::error::Result;
use crate::jobs::Wake;
use crate::lines::Line;
use crate::{task, wall};

/// How long a beginning may take; waiting for a connection, ten seconds at most, is part of it.
const BEGUN: Duration = Duration::from_secs(20);

/// How long a commit may take.
const COMMITTED: Duration = Duration::from_secs(30);

/// One unit of work.
pub struct Tx {
    inner: Transaction<'static, Postgres>,
    ctx: Ctx,
    granted: Granted,
    now: DateTime<Utc>,
    entries: Vec<Entry>,
    wakes: Vec<Wake>,
}

impl Tx {
    pub(crate) async fn begin(ctx: Ctx, granted: Granted) -> Result<Self> {
        let now = ctx.now();
        let inner = begin(&ctx, &granted, "begin").await?;
        Ok(Self { inner, ctx, granted, now, entries: Vec::new(), wakes: Vec::new() })
    }

    /// The instant of this unit of work: the same for every row that it writes.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Who works.
    pub fn ctx(&self) -> &Ctx {
        &self.ctx
    }

    /// How far the permission reaches.
    pub fn reach(&self) -> &Reach {
        self.granted.reach()
    }

    pub(crate) fn db(&mut self) -> &mut PgConnection {
        &mut self.inner
    }

    /// From here on this unit of work sees every row: to count what else needs a row that it has found
    /// within reach and is about to take away.
    pub(crate) async fn see_everything(&mut self) -> Result<()> {
        Ok(wall::open(&mut self.inner).await.context("opening the wall")?)
    }

    /// What follows can be taken back alone. Points lie within each other.
    pub(crate) async fn save_point(&mut self) -> Result<SavePoint> {
        sqlx::raw_sql("savepoint one").execute(&mut *self.inner).await.context("saving a point")?;
        Ok(SavePoint { entries: self.entries.len() })
    }

    /// Takes back whatever followed the innermost point, and forgets what was to be remembered of it.
    pub(crate) async fn back_to(&mut self, point: SavePoint) -> Result<()> {
        let back = "rollback to savepoint one; release savepoint one";
        sqlx::raw_sql(back).execute(&mut *self.inner).await.context("going back to a point")?;
        self.entries.truncate(point.entries);
        Ok(())
    }

    /// Whatever followed the innermost point stays.
    pub(crate) async fn past(&mut self, _point: SavePoint) -> Result<()> {
        let past = sqlx::raw_sql("release savepoint one").execute(&mut *self.inner).await;
        past.context("going on from a point")?;
        Ok(())
    }

    /// Nothing that is remembered of this unit of work tells whose device it came from: for whoever was promised that.
    pub(crate) fn leave_no_trace(&mut self) {
        self.ctx = self.ctx.of_nobody();
    }

    /// Remembers something that was done.
    pub fn record(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Wakes a job after the commit; several calls of one unit wake it once.
    pub fn wake(&mut self, wake: Wake) {
        if !self.wakes.contains(&wake) {
            self.wakes.push(wake);
        }
    }

    /// Commits rows and memory together, then wakes the jobs.
    ///
    /// # Errors
    /// `Broken` when nothing was recorded: a change that nobody will remember must not happen.
    pub async fn commit(mut self) -> Result<()> {
        anyhow_ensure(
            !self.entries.is_empty(),
            "a change that recorded nothing was not committed",
        )?;
        // Last of all: from here to the commit, everybody on the same audit chain waits.
        audit::write(&mut self.inner, &self.ctx, self.now, &self.entries)
            .await
            .context("writing the audit entries")?;
        // To its end, whatever becomes of the caller: half a commit is none that anybody could know of.
        let (inner, deps, wakes) = (self.inner, self.ctx.deps().clone(), self.wakes);
        let committed = task::to_its_end(async move {
            in_time(COMMITTED, inner.commit()).await?;
            deps.bell().ring(deps.pool(), &wakes).await;
            Ok::<_, sqlx::Error>(())
        });
        committed.await.context("committing")?.context("committing")?;
        Ok(())
    }

    /// Ends a unit of work that turned out to have nothing to do.
    pub async fn nothing_to_do(self) -> Result<()> {
        self.inner.rollback().await.context("ending an empty transaction")?;
        Ok(())
    }
}

/// Begins a transaction that sees what was granted.
///
/// To its end, whatever becomes of the caller: sqlx ends a transaction that it knows to be open, and while it
/// waits to hear that, it does not know. A request that is given up just then would leave the connection in a
/// transaction of somebody else's reach, and what the next one keeps there would never be committed.
async fn begin(ctx: &Ctx, granted: &Granted, how: &str) -> Result<Transaction<'static, Postgres>> {
    let pool = ctx.deps().pool().clone();
    let opening = wall::opening(how, ctx.actor(), granted);
    let begun =
        task::to_its_end(async move { in_time(BEGUN, pool.begin_with(opening)).await }).await;
    Ok(begun.context("beginning a transaction")?.context("beginning a transaction")?)
}

/// A point of a unit of work to go back to.
pub(crate) struct SavePoint {
    entries: usize,
}

fn anyhow_ensure(holds: bool, message: &'static str) -> Result<()> {
    if holds { Ok(()) } else { Err(anyhow::anyhow!(message).into()) }
}

/// Reads, cut to what was granted.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    ctx: &'a Ctx,
    granted: &'a Granted,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(ctx: &'a Ctx, granted: &'a Granted) -> Self {
        Self { ctx, granted }
    }

    /// A transaction that sees what was granted. Nothing of it is kept.
    pub(crate) async fn db(self) -> Result<Transaction<'static, Postgres>> {
        self.begin("begin").await
    }

    /// The tables as they are at one instant, for several statements that must agree.
    pub(crate) async fn snapshot(self) -> Result<Transaction<'static, Postgres>> {
        self.begin("begin isolation level repeatable read, read only").await
    }

    async fn begin(self, how: &str) -> Result<Transaction<'static, Postgres>> {
        begin(self.ctx, self.granted, how).await
    }

    /// For one statement without a transaction around it, which looks over the wall and is told how far: a
    /// transaction costs three messages, where the busiest read needs one.
    pub(crate) fn alone(self) -> Alone<'a> {
        Alone { deps: self.ctx.deps(), scope: wall::scope(self.ctx.actor(), self.granted) }
    }

    /// How far the permission reaches: what every list is cut by.
    pub fn reach(self) -> &'a Reach {
        self.granted.reach()
    }
}

/// What one statement without a transaction needs.
pub(crate) struct Alone<'a> {
    deps: &'a Deps,
    scope: String,
}

impl<'a> Alone<'a> {
    /// A line for one statement; to be put to rest when it has answered.
    pub(crate) async fn line(&self) -> Result<Line<'a>> {
        self.deps.lines().line(self.deps.pool()).await
    }

    /// What a transaction would say of itself in `px.scope`.
    pub(crate) fn scope(&self) -> &str {
        &self.scope
    }
}
