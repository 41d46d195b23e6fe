//! One deed for many records.

use px360_domain::Failure;
use px360_domain::bulk::BulkOutcome;
use px360_domain::records::{BulkDeed, PickedRecords, RecordKind, RecordQuery};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::change::{Change, change};
use super::remove::remove;
use super::statements::{Asked, Sight};
use super::{identity, store};
use crate::bulk;
use crate::ctx::Ctx;
use crate::error::Result;

/// Does this to each of these records that it can be done to; the others stay as they are.
///
/// Each is a change of its own with its own place in the audit log, so that one refusal takes nothing
/// else down.
///
/// # Errors
/// `Forbidden` for whoever may change no such record; `Invalid` on `picked` for more than [`BULK_MAX`](px360_domain::bulk::BULK_MAX), and
/// on the part of a query that means nothing; `Broken` when the database is away.
pub async fn change_many(
    ctx: &Ctx,
    kind: RecordKind,
    picked: PickedRecords,
    deed: BulkDeed,
) -> Result<BulkOutcome> {
    ctx.require(kind.write())?;
    let ids = match picked {
        PickedRecords::Ids(ids) => ids,
        PickedRecords::Matching(query) => matching(ctx, kind, query).await?,
    };
    bulk::each(ids, |id| change_one(ctx, kind, id, deed)).await
}

/// What a list with this query shows, and one more than can be meant.
async fn matching(ctx: &Ctx, kind: RecordKind, query: RecordQuery) -> Result<Vec<Uuid>> {
    let granted = ctx.require(kind.read())?;
    let identify = identity::everywhere(ctx, kind, &granted).is_some();
    let sight = Sight { reach: granted.reach(), identify };
    let query = RecordQuery { cursor: None, limit: None, ..query };
    let asked = Asked::read(kind, &query)?;
    let rows = store::list(ctx.read(&granted), kind, sight, &asked, bulk::BULK_AND_ONE).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

async fn change_one(ctx: &Ctx, kind: RecordKind, id: Uuid, deed: BulkDeed) -> Result<()> {
    let flag = match deed {
        BulkDeed::Remove => return remove(ctx, kind, id, None).await,
        BulkDeed::Flag(flag) => flag,
    };
    let granted = ctx.require(kind.write())?;
    let sight = Sight { reach: granted.reach(), identify: true };
    let found = store::find(ctx.read(&granted), kind, sight, id).await?;
    let version = found.ok_or_else(|| Failure::not_found(kind.as_str()))?.version;
    let doc = Map::from_iter([(kind.bulk_flag().to_owned(), Value::Bool(flag))]);
    change(ctx, kind, id, Change { version, doc, whole: false }).await?;
    Ok(())
}
