//! Somebody takes up several actions at once.

use px360_domain::access::Permission;
use px360_domain::actions::PickedActions;
use px360_domain::bulk::BulkOutcome;
use px360_domain::ids::ActionId;

use super::gate;
use super::queue::store;
use super::start::start_open;
use crate::bulk;
use crate::ctx::Ctx;
use crate::error::Result;

/// Starts each of these actions that can be started; the others stay as they are.
///
/// Each is a change of its own with its own place in the audit log, so that one refusal takes nothing
/// else down.
///
/// # Errors
/// `Invalid` on `picked` for more than [`BULK_MAX`](px360_domain::bulk::BULK_MAX) actions; `Broken` when the database is away.
pub async fn start_many(ctx: &Ctx, picked: PickedActions) -> Result<BulkOutcome> {
    let granted = ctx.require(Permission::ActionRead)?;
    let ids: Vec<ActionId> = match picked {
        PickedActions::Ids(ids) => ids,
        PickedActions::Matching(filter) => {
            let (read, me, now) = (ctx.read(&granted), ctx.user_id(), ctx.now());
            store::list_ids(read, &filter, me, now, bulk::BULK_AND_ONE).await?
        }
    };
    bulk::each(ids, |id| start_one(ctx, id)).await
}

async fn start_one(ctx: &Ctx, id: ActionId) -> Result<()> {
    let (granted, open) = gate::action(ctx, id, Permission::ActionWork).await?;
    start_open(ctx, granted, &open).await
}
