//! The rows of counted failures.

use chrono::{DateTime, Utc};
use sqlx::{PgExecutor, PgPool};

use super::{DELAY_SECONDS_MAX, Rule};
use crate::error::Result;
use crate::tx::Tx;

/// Counts one failure and sets the delay after it. False while the key is blocked; then nothing is
/// counted.
pub(super) async fn charge(db: &PgPool, key: &str, rule: Rule, now: DateTime<Utc>) -> Result<bool> {
    // One statement, so that parallel attempts at one key count one after the other.
    let done = sqlx::query!(
        "insert into sign_in_throttles as t (key, failures, last_failure_at, blocked_until)
         values ($1, 1, $2, $2)
         on conflict (key) do update set
             last_failure_at = $2,
             (failures, blocked_until) = (
                 select n, case when n <= $3::int then $2
                           -- 2^10 is more than the longest delay already.
                           else $2 + make_interval(
                               secs => least($5::int, power(2, least(n - $3::int, 10)))) end
                 from (select 1 + greatest(0, t.failures - greatest(0, floor(
                           extract(epoch from $2 - t.last_failure_at) / $4::int))::int) as n
                 ) counted)
         where t.blocked_until <= $2",
        key,
        now,
        rule.free,
        rule.leak_seconds,
        DELAY_SECONDS_MAX,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn find_block(db: &PgPool, key: &str) -> Result<Option<DateTime<Utc>>> {
    Ok(sqlx::query_scalar!("select blocked_until from sign_in_throttles where key = $1", key)
        .fetch_optional(db)
        .await?)
}

/// Takes one counted failure back, and the delay that it caused.
pub(super) async fn refund(db: impl PgExecutor<'_>, key: &str, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update sign_in_throttles
         set failures = greatest(failures - 1, 0), blocked_until = $2
         where key = $1",
        key,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn delete(tx: &mut Tx, key: &str) -> Result<()> {
    sqlx::query!("delete from sign_in_throttles where key = $1", key).execute(tx.db()).await?;
    Ok(())
}

pub(in crate::accounts) async fn delete_quiet(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64> {
    let done = sqlx::query!("delete from sign_in_throttles where last_failure_at < $1", before)
        .execute(tx.db())
        .await?;
    Ok(done.rows_affected())
}
