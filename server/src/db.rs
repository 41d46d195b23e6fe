//! The pool, the migrations, and what constraints mean.

use std::io;
use std::time::Duration;

use anyhow::Context as _;
use px360_domain::Failure;
use sqlx::migrate::{Migrate as _, MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection as _, PgConnection, PgPool};
use tokio::time::timeout;

use crate::error::{Error, Result};
use crate::wall;

/// Every migration of this program.
pub static MIGRATOR: Migrator = sqlx::migrate!("../migrations");

/// How long a statement waits for somebody else's lock. Units of work hold theirs for milliseconds, and
/// the longest, a batch of events, for a second or two; who waits longer waits for something that
/// hangs, and should not hang with it until the request's thirty seconds are over.
const LOCK_TIMEOUT: &str = "10s";

/// How long a unit of work may say nothing. Nothing is computed or called inside one that takes longer
/// than a moment; behind a program that stands still, its locks and its chain of the audit log would
/// stop the house.
const IDLE_IN_TRANSACTION_TIMEOUT: &str = "30s";

/// How long a migration waits for a table. Behind a migration that waits, everybody else waits too, so
/// it gives up soon and is run again at a quieter moment.
const MIGRATION_LOCK_TIMEOUT: &str = "5s";

/// How long a line is trusted after its last use; later it is asked whether it is alive.
pub(crate) const TRUSTED: Duration = Duration::from_secs(1);

/// How long a line may take to say that it is alive.
const ANSWER: Duration = Duration::from_secs(5);

/// Opens a pool.
///
/// # Errors
/// `Broken` when the database does not answer within ten seconds.
pub async fn connect(url: &str, connections_max: u32) -> Result<PgPool> {
    let options: PgConnectOptions = url.parse().context("reading the address of the database")?;
    let options = options.options([
        // Compiling a statement of ours takes longer than running it.
        ("jit", "off"),
        ("lock_timeout", LOCK_TIMEOUT),
        ("idle_in_transaction_session_timeout", IDLE_IN_TRANSACTION_TIMEOUT),
    ]);
    // Only to see whether somebody answers: before the first migration, a connection would stay who it is.
    let probe =
        waiting(PgPoolOptions::new().max_connections(1)).connect_with(options.clone()).await;
    probe.context("connecting to the database")?.close().await;
    let pool = PgPoolOptions::new()
        .max_connections(connections_max)
        .after_connect(|db, _| Box::pin(wall::enter(db)))
        // The pool's own look at a line waits for ever if nobody says that it is dead.
        .test_before_acquire(false)
        .before_acquire(|db, line| {
            let rested = line.idle_for > TRUSTED;
            Box::pin(async move { if rested { answers(db).await } else { Ok(true) } })
        })
        .after_release(|db, _| Box::pin(answers(db)));
    Ok(waiting(pool).connect_lazy_with(options))
}

/// Whether the database answers on this line. Also rolls back what was left open on it.
pub(crate) async fn answers(db: &mut PgConnection) -> Result<bool, sqlx::Error> {
    in_time(ANSWER, db.ping()).await?;
    Ok(true)
}

/// Waits this long, and no longer: a network that died without a word ends nothing by itself.
pub(crate) fn in_time<T, E: From<sqlx::Error>>(
    limit: Duration,
    answer: impl Future<Output = Result<T, E>>,
) -> impl Future<Output = Result<T, E>> {
    let late = |_late| Err(sqlx::Error::Io(io::ErrorKind::TimedOut.into()).into());
    // What is waited for may be a whole job, too large to be carried about.
    let answer = timeout(limit, Box::pin(answer));
    async move { answer.await.unwrap_or_else(late) }
}

fn waiting(pool: PgPoolOptions) -> PgPoolOptions {
    pool.acquire_timeout(Duration::from_secs(10))
}

/// Brings the schema up to date: ours, and the job queue's; then gives the program's role its rights.
///
/// # Errors
/// `Broken` when a migration fails, waits too long for a table, or an applied one was changed.
pub async fn migrate(pool: &PgPool) -> Result<()> {
    // Connections of their own: they stay the owner of the tables, and are gone afterwards.
    let owner = PgPoolOptions::new()
        .max_connections(2)
        .after_connect(|db, _| Box::pin(wall::stand_above(db)));
    let owner = waiting(owner).connect_lazy_with(pool.connect_options().as_ref().clone());
    let migrated = migrate_as(&owner).await;
    owner.close().await;
    migrated
}

async fn migrate_as(owner: &PgPool) -> Result<()> {
    let connecting = "connecting to the database";
    // Taken out of the pool, because what is set here must not be set for anybody else.
    apply_migrations(owner.acquire().await.context(connecting)?.detach()).await?;
    crate::jobs::queue::migrate(owner).await?;
    let mut db = owner.acquire().await.context(connecting)?;
    wall::grant(&mut db).await.context("giving the program's role its rights")?;
    Ok(())
}

async fn apply_migrations(mut db: PgConnection) -> Result<()> {
    // Another process that migrates may take its time: it is waited for, and `run` then has the lock.
    set_lock_timeout(&mut db, "0").await?;
    db.lock().await.context("waiting for another process that migrates")?;
    set_lock_timeout(&mut db, MIGRATION_LOCK_TIMEOUT).await?;
    MIGRATOR.run(&mut db).await.map_err(|error| {
        let context = if waited_too_long(&error) {
            "a migration waited too long for a table that somebody works on; nothing of it was done, \
             run `px360 migrate` again when that is over"
        } else {
            "applying the migrations"
        };
        anyhow::Error::new(error).context(context)
    })?;
    // Ends the locks with it.
    db.close().await.context("applying the migrations")?;
    Ok(())
}

async fn set_lock_timeout(db: &mut PgConnection, timeout: &str) -> Result<()> {
    sqlx::query_scalar!("select set_config('lock_timeout', $1, false)", timeout)
        .fetch_one(db)
        .await
        .context("setting the lock timeout")?;
    Ok(())
}

/// 55P03: the lock timeout is over.
fn waited_too_long(error: &MigrateError) -> bool {
    match error {
        MigrateError::Execute(sqlx::Error::Database(cause))
        | MigrateError::ExecuteMigration(sqlx::Error::Database(cause), _) => {
            cause.code().as_deref() == Some("55P03")
        }
        _ => false,
    }
}

/// The versions of the migrations that were applied; none when the table is not there yet.
pub(crate) async fn applied_migrations(pool: &PgPool) -> Result<Vec<i64>> {
    // Not checked at compile time: the table belongs to sqlx, not to our migrations.
    let known: Result<Vec<i64>, sqlx::Error> =
        sqlx::query_scalar("select version from _sqlx_migrations where success")
            .fetch_all(pool)
            .await;
    match known {
        Ok(applied) => Ok(applied),
        // 42P01: there is no such table, so nothing was ever applied.
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42P01") => {
            Ok(Vec::new())
        }
        Err(error) => Err(error.into()),
    }
}

/// Reads a refusal out of a violated constraint.
pub(crate) trait OnConstraint<T> {
    /// This failure when the named constraint is violated.
    fn on_constraint(self, name: &str, failure: Failure) -> Result<T>;
}

impl<T> OnConstraint<T> for Result<T, sqlx::Error> {
    fn on_constraint(self, name: &str, failure: Failure) -> Result<T> {
        self.map_err(|error| match &error {
            sqlx::Error::Database(cause) if cause.constraint() == Some(name) => {
                Error::Refused(failure)
            }
            _ => error.into(),
        })
    }
}
