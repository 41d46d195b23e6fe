//! Runs one message once more.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::EventId;

use super::{store, view_event};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::jobs::Wake;

/// Puts a parked, ignored or dead message back into the inbox.
///
/// # Errors
/// `NotFound` outside the caller's reach, `Conflict` with `event_not_replayable` for one that did
/// its work, waits for it, or was rejected.
pub async fn replay_event(ctx: &Ctx, id: EventId) -> Result<()> {
    let granted = ctx.require(Permission::EventReplay)?;
    view_event(ctx, id).await?;
    let mut tx = ctx.begin(granted).await?;
    if !store::reopen(&mut tx, id).await? {
        return Err(Failure::conflict("event_not_replayable").into());
    }
    tx.record(Entry::done("event.replayed", "inbound_event", id));
    tx.wake(Wake::ProcessEvents);
    tx.commit().await
}
