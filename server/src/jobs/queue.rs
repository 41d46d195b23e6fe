//! The queue's SQL functions, called inside our own transactions.

use anyhow::Context as _;
use graphile_worker::WorkerUtils;
use sqlx::{PgConnection, PgPool};

use super::Wake;
use crate::error::Result;

/// The schema that the queue keeps its tables in.
pub(super) const SCHEMA: &str = "graphile_worker";

/// Adds a wake-up. One that waits already is replaced, so that a burst wakes once; runs of one kind
/// follow each other, because each kind has a queue of its own.
pub(crate) async fn add(db: &mut PgConnection, wake: Wake) -> Result<(), sqlx::Error> {
    // Not checked at compile time: the queue's schema belongs to the crate, not to our migrations.
    sqlx::query_scalar::<_, i64>(
        "select id from graphile_worker.add_job($1, payload => '{}'::json, queue_name => $1,
                                                job_key => $1, max_attempts => 10::smallint)",
    )
    .bind(wake.identifier())
    .fetch_one(db)
    .await?;
    Ok(())
}

/// Brings the queue's schema up to date.
pub(crate) async fn migrate(pool: &PgPool) -> Result<()> {
    WorkerUtils::new(pool.clone(), SCHEMA).migrate().await.context("migrating the job queue")?;
    Ok(())
}
