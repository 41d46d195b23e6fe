//! The rows of refresh tokens.

use chrono::{DateTime, Utc};
use px360_domain::ids::UserId;
use uuid::Uuid;

use crate::error::Result;
use crate::tx::Tx;

/// A refresh token that is about to be given out.
pub(super) struct NewRefreshToken<'a> {
    pub(super) id: Uuid,
    pub(super) family_id: Uuid,
    pub(super) user_id: UserId,
    pub(super) token_hash: &'a [u8; 32],
    pub(super) expires_at: DateTime<Utc>,
}

pub(super) async fn insert(tx: &mut Tx, token: &NewRefreshToken<'_>) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into refresh_tokens (id, family_id, user_id, token_hash, issued_at, expires_at)
         values ($1, $2, $3, $4, $5, $6)",
        token.id,
        token.family_id,
        token.user_id as UserId,
        token.token_hash.as_slice(),
        now,
        token.expires_at,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Locks the family of this token by its first row. False when there is no such token.
pub(super) async fn lock_family(tx: &mut Tx, token_hash: &[u8; 32]) -> Result<bool> {
    let locked = sqlx::query_scalar!(
        "select first.id
         from refresh_tokens token join refresh_tokens first on first.id = token.family_id
         where token.token_hash = $1
         for update of first",
        token_hash.as_slice(),
    )
    .fetch_optional(tx.db())
    .await?;
    Ok(locked.is_some())
}

/// A refresh token that somebody showed.
pub(super) struct RefreshToken {
    pub(super) id: Uuid,
    pub(super) family_id: Uuid,
    pub(super) user_id: UserId,
    pub(super) expires_at: DateTime<Utc>,
    pub(super) spent_at: Option<DateTime<Utc>>,
    pub(super) revoked_at: Option<DateTime<Utc>>,
    /// Whether its user may act.
    pub(super) active: bool,
}

pub(super) async fn find(tx: &mut Tx, token_hash: &[u8; 32]) -> Result<RefreshToken> {
    Ok(sqlx::query_as!(
        RefreshToken,
        r#"select t.id, t.family_id, t.user_id as "user_id: UserId", t.expires_at, t.spent_at,
                  t.revoked_at, u.active
           from refresh_tokens t join users u on u.id = t.user_id
           where t.token_hash = $1"#,
        token_hash.as_slice(),
    )
    .fetch_one(tx.db())
    .await?)
}

pub(super) async fn mark_spent(tx: &mut Tx, id: Uuid) -> Result<()> {
    let now = tx.now();
    sqlx::query!("update refresh_tokens set spent_at = $2 where id = $1", id, now)
        .execute(tx.db())
        .await?;
    Ok(())
}

pub(super) async fn revoke_family(tx: &mut Tx, family_id: Uuid) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "update refresh_tokens set revoked_at = $2 where family_id = $1 and revoked_at is null",
        family_id,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Ends every family of a user, and says how many tokens that were.
pub(in crate::accounts) async fn revoke_all(tx: &mut Tx, user_id: UserId) -> Result<u64> {
    let now = tx.now();
    // As renewals do, and in a statement of its own: the next one then sees the successors that
    // renewals stored until now.
    sqlx::query_scalar!(
        "select id from refresh_tokens
         where user_id = $1 and id = family_id and revoked_at is null and expires_at > $2
         order by id
         for update",
        user_id as UserId,
        now,
    )
    .fetch_all(tx.db())
    .await?;
    let done = sqlx::query!(
        "update refresh_tokens set revoked_at = $2
         where user_id = $1 and revoked_at is null and expires_at > $2",
        user_id as UserId,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected())
}

/// All tokens of a family expire together, so that its first row lives as long as the others.
pub(in crate::accounts) async fn delete_expired(tx: &mut Tx, now: DateTime<Utc>) -> Result<u64> {
    let done = sqlx::query!("delete from refresh_tokens where expires_at <= $1", now)
        .execute(tx.db())
        .await?;
    Ok(done.rows_affected())
}
