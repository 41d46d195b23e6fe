//! The queue's SQL: its functions, called inside our own transactions, and how it stands.

use anyhow::Context as _;
use graphile_worker::WorkerUtils;
use sqlx::{PgConnection, PgPool};

use super::Wake;
use crate::error::Result;

/// The schema that the queue keeps its tables in.
pub(super) const SCHEMA: &str = "graphile_worker";

/// Adds a wake-up for each of these jobs. One that waits already is replaced, so that a burst wakes once.
///
/// There is no named queue: what must not run twice at once holds a lock of its own, and the lock
/// of a worker that died would keep a named queue shut until somebody noticed.
pub(super) async fn wake(pool: &PgPool, names: &[&str]) -> Result<(), sqlx::Error> {
    // Not checked at compile time: the queue's schema belongs to the crate, not to our migrations. The commit does not
    // wait for the disk: after a crash, the first worker wakes every job anyway.
    // None for a job that a worker takes in this very moment: it will see what was committed.
    sqlx::query_scalar::<_, Option<i64>>(
        "select job.id, set_config('synchronous_commit', 'off', true)
         from unnest($1::text[]) as wanted (name)
         cross join lateral graphile_worker.add_job(name, payload => '{}'::json, job_key => name,
                                                    max_attempts => 10::smallint) as job",
    )
    .bind(names)
    .fetch_all(pool)
    .await?;
    Ok(())
}

/// Adds a wake-up for later, beside one that waits already: that one may be for now.
pub(crate) async fn add_in(
    db: &mut PgConnection,
    wake: Wake,
    seconds: f64,
) -> Result<(), sqlx::Error> {
    sqlx::query_scalar::<_, i64>(
        "select id from graphile_worker.add_job($1, payload => '{}'::json,
                                                job_key => $1 || ':later',
                                                run_at => now() + make_interval(secs => $2),
                                                max_attempts => 10::smallint)",
    )
    .bind(wake.identifier())
    .bind(seconds)
    .fetch_one(db)
    .await?;
    Ok(())
}

/// Wakes every job.
pub(super) async fn add_all(pool: &PgPool) -> Result<()> {
    // In the order of the timetable and of bells, so that nobody waits for a row of somebody who waits for theirs.
    let mut wakes = Wake::ALL.to_vec();
    wakes.sort_unstable();
    let names: Vec<&str> = wakes.into_iter().map(Wake::identifier).collect();
    Ok(wake(pool, &names).await.context("waking the jobs")?)
}

/// Whether nobody has looked at the timetable for long: what it lists is due every minute.
pub(super) async fn timetable_is_late(pool: &PgPool) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "select coalesce(max(last_execution) < now() - interval '3 minutes', false)
         from graphile_worker._private_known_crontabs",
    )
    .fetch_one(pool)
    .await
}

/// Whether a job waits that should have been taken: the worker looks every two seconds even when nobody wakes it.
pub(super) async fn overdue(pool: &PgPool) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "select exists (select from graphile_worker.jobs
                        where locked_at is null and attempts < max_attempts
                          and run_at < now() - interval '20 seconds')",
    )
    .fetch_one(pool)
    .await
}

/// Brings the queue's schema up to date.
pub(crate) async fn migrate(pool: &PgPool) -> Result<()> {
    WorkerUtils::new(pool.clone(), SCHEMA).migrate().await.context("migrating the job queue")?;
    Ok(())
}
