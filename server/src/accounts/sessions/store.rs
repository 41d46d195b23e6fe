//! The rows of browser sessions. They are read before anybody is known, so they take the pool.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgPool;

use crate::error::Result;
use crate::tx::Tx;

/// False when the id is taken.
pub(super) async fn insert(
    db: &PgPool,
    id_hash: &[u8; 32],
    data: &Value,
    expires_at: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into sessions (id_hash, data, expires_at) values ($1, $2, $3)
         on conflict (id_hash) do nothing",
        id_hash.as_slice(),
        data,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn update(
    db: &PgPool,
    id_hash: &[u8; 32],
    data: &Value,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update sessions set data = $2, expires_at = $3 where id_hash = $1 and expires_at > $4",
        id_hash.as_slice(),
        data,
        expires_at,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A session that is still alive.
pub(super) struct SessionRow {
    pub(super) data: Value,
    pub(super) expires_at: DateTime<Utc>,
}

pub(super) async fn find(
    db: &PgPool,
    id_hash: &[u8; 32],
    now: DateTime<Utc>,
) -> Result<Option<SessionRow>> {
    Ok(sqlx::query_as!(
        SessionRow,
        "select data, expires_at from sessions where id_hash = $1 and expires_at > $2",
        id_hash.as_slice(),
        now,
    )
    .fetch_optional(db)
    .await?)
}

pub(super) async fn delete(db: &PgPool, id_hash: &[u8; 32]) -> Result<()> {
    sqlx::query!("delete from sessions where id_hash = $1", id_hash.as_slice()).execute(db).await?;
    Ok(())
}

pub(in crate::accounts) async fn delete_expired(tx: &mut Tx, now: DateTime<Utc>) -> Result<u64> {
    let done =
        sqlx::query!("delete from sessions where expires_at <= $1", now).execute(tx.db()).await?;
    Ok(done.rows_affected())
}
