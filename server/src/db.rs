//! The pool, the migrations, and what constraints mean.

use std::time::Duration;

use anyhow::Context as _;
use px360_domain::Failure;
use sqlx::PgPool;
use sqlx::migrate::Migrator;
use sqlx::postgres::PgPoolOptions;

use crate::error::{Error, Result};

/// Every migration of this program.
pub static MIGRATOR: Migrator = sqlx::migrate!("../migrations");

/// Opens a pool.
///
/// # Errors
/// `Broken` when the database does not answer within ten seconds.
pub async fn connect(url: &str, connections_max: u32) -> Result<PgPool> {
    let pool = PgPoolOptions::new()
        .max_connections(connections_max)
        .acquire_timeout(Duration::from_secs(10))
        .connect(url)
        .await
        .context("connecting to the database")?;
    Ok(pool)
}

/// Brings the schema up to date: ours, and the job queue's.
///
/// # Errors
/// `Broken` when a migration fails or an applied one was changed.
pub async fn migrate(pool: &PgPool) -> Result<()> {
    MIGRATOR.run(pool).await.context("applying the migrations")?;
    crate::jobs::queue::migrate(pool).await?;
    Ok(())
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
