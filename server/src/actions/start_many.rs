//! Somebody takes up several actions at once.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::actions::PickedActions;
use px360_domain::bulk::{BULK_MAX, BulkOutcome};
use px360_domain::ids::ActionId;

use super::gate;
use super::queue::store;
use super::start::start_open;
use crate::ctx::Ctx;
use crate::error::{Error, Result};

/// Starts each of these actions that can be started; the others stay as they are.
///
/// Each is a change of its own with its own place in the audit log, so that one refusal takes nothing
/// else down.
///
/// # Errors
/// `Invalid` on `picked` for more than [`BULK_MAX`] actions; `Broken` when the database is away.
pub async fn start_many(ctx: &Ctx, picked: PickedActions) -> Result<BulkOutcome> {
    let granted = ctx.require(Permission::ActionRead)?;
    let ids: Vec<ActionId> = match picked {
        PickedActions::Ids(ids) => ids,
        PickedActions::Matching(filter) => {
            let most = i64::try_from(BULK_MAX).unwrap_or(i64::MAX) + 1;
            store::list_ids(ctx.read(&granted), &filter, ctx.user_id(), ctx.now(), most).await?
        }
    };
    if ids.len() > BULK_MAX {
        return Err(Failure::invalid("picked", "too_many").into());
    }
    let mut outcome = BulkOutcome::default();
    for id in ids {
        match start_one(ctx, id).await {
            Ok(()) => outcome.done += 1,
            Err(Error::Refused(_)) => outcome.refused += 1,
            Err(broken) => return Err(broken),
        }
    }
    Ok(outcome)
}

async fn start_one(ctx: &Ctx, id: ActionId) -> Result<()> {
    let (granted, open) = gate::action(ctx, id, Permission::ActionWork).await?;
    start_open(ctx, granted, &open).await
}
