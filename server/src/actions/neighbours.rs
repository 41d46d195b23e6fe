//! The way from one action to the next.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::actions::{ActionFilter, ActionNeighbours};
use px360_domain::ids::ActionId;

use super::queue::store;
use crate::ctx::Ctx;
use crate::error::Result;

/// What stands before and behind an action in the list that a filter makes.
///
/// # Errors
/// `NotFound` when the caller may not know that the action exists.
pub async fn neighbours(ctx: &Ctx, id: ActionId, filter: ActionFilter) -> Result<ActionNeighbours> {
    let granted = ctx.require(Permission::ActionRead)?;
    let read = ctx.read(&granted);
    let found = store::neighbours(read, id, &filter, ctx.user_id(), ctx.now()).await?;
    found.ok_or_else(|| Failure::not_found("action").into())
}
