//! Records that nobody needs any more.

use px360_domain::Failure;
use px360_domain::records::RecordKind;
use serde_json::Map;
use uuid::Uuid;

use super::write;
use crate::ctx::Ctx;
use crate::error::Result;

/// Removes a record: it is in no list any more, and what was remembered of it stays.
///
/// # Errors
/// `NotFound` also for what is out of reach; `Forbidden` for what may be seen and not changed;
/// `Conflict` for a stale version; `InUse` with what still needs it.
pub async fn remove(ctx: &Ctx, kind: RecordKind, id: Uuid, version: Option<i64>) -> Result<()> {
    let (mut tx, record) = write::open(ctx, kind, id, version).await?;
    write::remove(&mut tx, kind, id, record.version).await?;
    tx.see_everything().await?;
    let uses = write::uses(&mut tx, kind, id).await?;
    if !uses.is_empty() {
        return Err(Failure::InUse { by: uses }.into());
    }
    tx.record(write::entry(kind, "deleted", id, &record.doc, &Map::new()));
    tx.commit().await
}
