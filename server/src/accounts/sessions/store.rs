//! The rows of browser sessions.
//!
//! Finding and keeping one happens before anybody is known, so that takes the pool; what their owners do
//! with them takes a unit of work or a reader.

use chrono::{DateTime, Utc};
use px360_domain::accounts::SessionCard;
use px360_domain::ids::{SessionId, UserId};
use serde_json::Value;
use sqlx::PgPool;

use crate::error::Result;
use crate::tx::{Reader, Tx};

/// A session that is about to be kept.
pub(super) struct NewSession<'a> {
    pub(super) id_hash: &'a [u8; 32],
    /// What may be shown of it.
    pub(super) id: SessionId,
    pub(super) data: &'a Value,
    pub(super) expires_at: DateTime<Utc>,
}

/// False when the id is taken.
pub(super) async fn insert(db: &PgPool, session: &NewSession<'_>) -> Result<bool> {
    let done = sqlx::query!(
        "insert into sessions (id_hash, id, data, expires_at) values ($1, $2, $3, $4)
         on conflict (id_hash) do nothing",
        session.id_hash.as_slice(),
        session.id as SessionId,
        session.data,
        session.expires_at,
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

/// The sessions of a person, the latest first.
pub(super) async fn list(
    read: Reader<'_>,
    user_id: UserId,
    current: Option<&[u8; 32]>,
    now: DateTime<Utc>,
) -> Result<Vec<SessionCard>> {
    let current = current.map(<[u8; 32]>::as_slice);
    Ok(sqlx::query_as!(
        SessionCard,
        r#"select id as "id: SessionId", (data ->> 'begun_at')::timestamptz as begun_at,
                  (data ->> 'seen_at')::timestamptz as seen_at, data ->> 'ip' as ip,
                  data ->> 'user_agent' as user_agent,
                  coalesce(id_hash = $2, false) as "current!"
           from sessions
           where user_id = $1 and expires_at > $3
           order by 3 desc nulls last, id
           limit 100"#,
        user_id as UserId,
        current,
        now,
    )
    .fetch_all(&mut *read.db().await?)
    .await?)
}

/// False when the person has no such session.
pub(super) async fn delete_own(tx: &mut Tx, user_id: UserId, id: SessionId) -> Result<bool> {
    let done = sqlx::query!(
        "delete from sessions where id = $1 and user_id = $2",
        id as SessionId,
        user_id as UserId,
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends every session of a person but this one, and says how many those were.
pub(super) async fn delete_others(
    tx: &mut Tx,
    user_id: UserId,
    current: Option<&[u8; 32]>,
) -> Result<u64> {
    let current = current.map(<[u8; 32]>::as_slice);
    let done = sqlx::query!(
        "delete from sessions where user_id = $1 and id_hash is distinct from $2",
        user_id as UserId,
        current,
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected())
}

/// Ends every session of a person, and says how many those were.
pub(in crate::accounts) async fn delete_all(tx: &mut Tx, user_id: UserId) -> Result<u64> {
    delete_others(tx, user_id, None).await
}

pub(in crate::accounts) async fn delete_expired(tx: &mut Tx, now: DateTime<Utc>) -> Result<u64> {
    let done =
        sqlx::query!("delete from sessions where expires_at <= $1", now).execute(tx.db()).await?;
    Ok(done.rows_affected())
}
