//! Requests that are sent twice because their answer was lost.

mod store;

use px360_domain::Failure;
use uuid::Uuid;

use crate::error::Result;
use crate::tx::Tx;

/// The longest key.
const KEY_CHARS_MAX: usize = 200;

/// Whether a request came before.
pub(super) enum Repeat {
    /// It did not.
    First,
    /// It did, and made this record.
    Of(Uuid),
}

/// Remembers what a request is about to make, under its sender and its key. A second one that comes
/// meanwhile waits for the first one's end.
///
/// # Errors
/// `Invalid` for a key that is none; `Conflict` when it was used for something else.
pub(super) async fn remember_in(
    tx: &mut Tx,
    key: &str,
    request_hash: &[u8; 32],
    record_id: Uuid,
) -> Result<Repeat> {
    let allowed = |c: char| c.is_ascii_graphic();
    if key.is_empty() || key.len() > KEY_CHARS_MAX || !key.chars().all(allowed) {
        return Err(Failure::invalid("Idempotency-Key", "malformed").into());
    }
    let (actor_kind, actor) = tx.ctx().actor().audit_name();
    let actor = format!("{actor_kind} {actor}");
    if store::insert(tx, &actor, key, request_hash, record_id).await? {
        return Ok(Repeat::First);
    }
    let (hash, id) = store::find(tx, &actor, key).await?;
    if hash == request_hash {
        Ok(Repeat::Of(id))
    } else {
        Err(Failure::conflict("idempotency_key_reused").into())
    }
}
