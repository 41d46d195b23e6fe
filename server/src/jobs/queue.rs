//! The queue's SQL functions, called inside our own transactions.

use anyhow::Context as _;
use graphile_worker::WorkerUtils;
use sqlx::{PgConnection, PgPool};

use super::Wake;
use crate::error::Result;

/// The schema that the queue keeps its tables in.
pub(super) const SCHEMA: &str = "graphile_worker";

/// Adds a wake-up. One that waits already is replaced, so that a burst wakes once.
///
/// There is no named queue: what must not run twice at once holds a lock of its own, and the lock
/// of a worker that died would keep a named queue shut until somebody noticed.
pub(crate) async fn add(db: &mut PgConnection, wake: Wake) -> Result<(), sqlx::Error> {
    // Not checked at compile time: the queue's schema belongs to the crate, not to our migrations.
    sqlx::query_scalar::<_, i64>(
        "select id from graphile_worker.add_job($1, payload => '{}'::json, job_key => $1,
                                                max_attempts => 10::smallint)",
    )
    .bind(wake.identifier())
    .fetch_one(db)
    .await?;
    Ok(())
}

/// Wakes every job.
pub(super) async fn add_all(pool: &PgPool) -> Result<()> {
    let mut db = pool.acquire().await.context("waking the jobs")?;
    for wake in Wake::ALL {
        add(&mut db, *wake).await.context("waking a job")?;
    }
    Ok(())
}

/// Brings the queue's schema up to date.
pub(crate) async fn migrate(pool: &PgPool) -> Result<()> {
    WorkerUtils::new(pool.clone(), SCHEMA).migrate().await.context("migrating the job queue")?;
    Ok(())
}
