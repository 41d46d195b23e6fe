//! Changes of records.

use px360_domain::Failure;
use px360_domain::records::{Kept, RecordKind, Writing, check};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{references, write};
use crate::ctx::Ctx;
use crate::error::Result;

/// What to change.
#[derive(Clone, Debug)]
pub struct Change {
    /// The version that it was seen in.
    pub version: i64,
    /// Fields by name.
    pub doc: Map<String, Value>,
    /// Whether fields that are not named become empty.
    pub whole: bool,
}

/// Changes a record.
///
/// # Errors
/// `NotFound` also for what is out of reach; `Forbidden` for what may be seen and not changed, or would
/// stand outside the caller's reach afterwards; `Conflict` for a stale version; `Invalid` with every
/// fault.
pub async fn change(ctx: &Ctx, kind: RecordKind, id: Uuid, cmd: Change) -> Result<Kept> {
    let (mut tx, record) = write::open(ctx, kind, id, Some(cmd.version)).await?;
    let before = record.doc;
    let writing = if cmd.whole { Writing::Replace } else { Writing::Change };
    let changes =
        check(kind, &cmd.doc, writing, &before).map_err(|faults| Failure::Invalid { faults })?;
    let mut doc = before.clone();
    doc.extend(changes);
    if doc == before {
        tx.nothing_to_do().await?;
        return Ok(Kept { id, version: cmd.version });
    }
    references::check(&mut tx, kind, &doc, &before).await?;
    write::update(&mut tx, kind, id, cmd.version, &before, &doc).await?;
    let after = write::must_reach(&mut tx, kind, id).await?.doc;
    tx.record(write::entry(kind, "updated", id, &before, &after));
    tx.commit().await?;
    Ok(Kept { id, version: cmd.version + 1 })
}
