//! The rows of second factors.

use px360_domain::ids::UserId;
use uuid::Uuid;

use crate::error::Result;
use crate::tx::Tx;

/// A sealed secret.
pub(super) struct Factor {
    pub(super) username: String,
    pub(super) sealed: Vec<u8>,
    /// The last step whose code was accepted.
    pub(super) last_step: Option<i64>,
}

/// The second factor that is in use, locked.
pub(super) async fn lock(tx: &mut Tx, user_id: UserId) -> Result<Option<Factor>> {
    Ok(sqlx::query_as!(
        Factor,
        r#"select username, totp_secret as "sealed!", totp_last_step as last_step
           from users
           where id = $1 and totp_confirmed_at is not null
           for no key update"#,
        user_id as UserId,
    )
    .fetch_optional(tx.db())
    .await?)
}

/// The second factor that was offered and not confirmed, locked.
pub(super) async fn lock_offer(tx: &mut Tx, user_id: UserId) -> Result<Option<Factor>> {
    Ok(sqlx::query_as!(
        Factor,
        r#"select username, totp_secret as "sealed!", totp_last_step as last_step
           from users
           where id = $1 and totp_secret is not null and totp_confirmed_at is null
           for no key update"#,
        user_id as UserId,
    )
    .fetch_optional(tx.db())
    .await?)
}

/// Keeps a secret that was offered. False when there is a second factor in use.
pub(super) async fn offer(tx: &mut Tx, user_id: UserId, sealed: &[u8]) -> Result<bool> {
    let done = sqlx::query!(
        "update users set totp_secret = $2, totp_last_step = null
         where id = $1 and totp_confirmed_at is null",
        user_id as UserId,
        sealed,
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// From now on signing in asks for a code; the first one is spent.
pub(super) async fn confirm(tx: &mut Tx, user_id: UserId, step: i64) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "update users set totp_confirmed_at = $2, totp_last_step = $3 where id = $1",
        user_id as UserId,
        now,
        step,
    )
    .execute(tx.db())
    .await?;
    forget_recovery_codes(tx, user_id).await
}

/// None of a person's recovery codes is worth anything any more.
pub(super) async fn forget_recovery_codes(tx: &mut Tx, user_id: UserId) -> Result<()> {
    sqlx::query!("delete from recovery_codes where user_id = $1", user_id as UserId)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// No code of this step or of one before it counts again.
pub(super) async fn spend_step(
    tx: &mut Tx,
    user_id: UserId,
    step: i64,
    resealed: Option<&[u8]>,
) -> Result<()> {
    sqlx::query!(
        "update users
         set totp_last_step = $2, totp_secret = coalesce($3, totp_secret)
         where id = $1",
        user_id as UserId,
        step,
        resealed,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

pub(super) async fn insert_recovery_code(
    tx: &mut Tx,
    user_id: UserId,
    code_hash: &[u8; 32],
) -> Result<()> {
    let (id, now): (Uuid, _) = (tx.ctx().new_id(), tx.now());
    sqlx::query!(
        "insert into recovery_codes (id, user_id, code_hash, created_at) values ($1, $2, $3, $4)",
        id,
        user_id as UserId,
        code_hash.as_slice(),
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// False when there is no such code, or it was used.
pub(super) async fn spend_recovery_code(
    tx: &mut Tx,
    user_id: UserId,
    code_hash: &[u8; 32],
) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "update recovery_codes set used_at = $3
         where user_id = $1 and code_hash = $2 and used_at is null",
        user_id as UserId,
        code_hash.as_slice(),
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a second factor away, whether it was confirmed or not.
pub(super) async fn forget(tx: &mut Tx, user_id: UserId) -> Result<()> {
    sqlx::query!(
        "update users
         set totp_secret = null, totp_confirmed_at = null, totp_last_step = null
         where id = $1",
        user_id as UserId,
    )
    .execute(tx.db())
    .await?;
    forget_recovery_codes(tx, user_id).await
}
