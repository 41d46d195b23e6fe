//! The rows of requests that were answered.

use uuid::Uuid;

use crate::error::Result;
use crate::tx::Tx;

/// False when the key was used before.
pub(super) async fn insert(
    tx: &mut Tx,
    actor: &str,
    key: &str,
    request_hash: &[u8; 32],
    record_id: Uuid,
) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "insert into idempotency_keys (actor, key, request_hash, record_id, created_at)
         values ($1, $2, $3, $4, $5)
         on conflict (actor, key) do nothing",
        actor,
        key,
        request_hash.as_slice(),
        record_id,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What the key was used for.
pub(super) async fn find(tx: &mut Tx, actor: &str, key: &str) -> Result<(Vec<u8>, Uuid)> {
    let row = sqlx::query!(
        "select request_hash, record_id from idempotency_keys where actor = $1 and key = $2",
        actor,
        key,
    )
    .fetch_one(tx.db())
    .await?;
    Ok((row.request_hash, row.record_id))
}
