//! Records that nobody needs any more.

use px360_domain::Failure;
use px360_domain::records::RecordKind;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::statements::Sight;
use super::{store, write};
use crate::ctx::Ctx;
use crate::error::Result;

/// Removes a record: it is in no list any more, and what was remembered of it stays.
///
/// # Errors
/// `NotFound` also for what is out of reach; `Forbidden` for what may be seen and not changed;
/// `Conflict` for a stale version; `InUse` with what still needs it.
pub async fn remove(ctx: &Ctx, kind: RecordKind, id: Uuid, version: Option<i64>) -> Result<()> {
    let read = ctx.require(kind.read())?;
    let sight = Sight { reach: read.reach(), identify: true };
    if store::find(ctx.read(&read), kind, sight, id).await?.is_none() {
        return Err(Failure::not_found(kind.as_str()).into());
    }
    let mut tx = ctx.begin(ctx.require(kind.write())?).await?;
    let reach = tx.reach().clone();
    let sight = Sight { reach: &reach, identify: true };
    let found = store::find_in(&mut tx, kind, sight, id).await?.ok_or(Failure::Forbidden)?;
    if version.is_some_and(|version| version != found.version) {
        return Err(Failure::conflict("stale_version").into());
    }
    write::remove(&mut tx, kind, id, found.version).await?;
    let uses = write::uses(&mut tx, kind, id).await?;
    if !uses.is_empty() {
        return Err(Failure::InUse { by: uses }.into());
    }
    let before = match found.doc {
        Value::Object(doc) => doc,
        _ => Map::new(),
    };
    tx.record(write::entry(kind, "deleted", id, &before, &Map::new()));
    tx.commit().await
}
