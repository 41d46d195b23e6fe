//! What one message did.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::EventId;
use px360_domain::integrations::EventView;

use super::store;
use crate::ctx::{Actor, Ctx};
use crate::error::Result;

/// One stored message and what it did. A source sees its own.
///
/// # Errors
/// `NotFound` outside the caller's reach.
pub async fn view_event(ctx: &Ctx, id: EventId) -> Result<EventView> {
    let granted = ctx.require(Permission::EventRead)?;
    let source = match *ctx.actor() {
        Actor::Source { id, .. } => Some(id),
        _ => None,
    };
    let found = store::find(ctx.read(&granted), id, source).await?;
    found.ok_or_else(|| Failure::not_found("inbound_event").into())
}
