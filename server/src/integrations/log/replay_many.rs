//! Runs many messages once more.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::integrations::{EventStatus, ReplayEvents, Replayed};
use serde_json::json;

use super::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::jobs::Wake;

/// Puts every message that is meant, and within reach, back into the inbox: what is parked, ignored or dead.
///
/// # Errors
/// `Forbidden`; `Invalid` on `status` when nothing is said of which are meant, or for a status that does not run
/// again.
pub async fn replay_events(ctx: &Ctx, cmd: ReplayEvents) -> Result<Replayed> {
    let granted = ctx.require(Permission::EventReplay)?;
    if cmd == ReplayEvents::default() {
        return Err(Failure::invalid("status", "required").into());
    }
    let runs_again =
        |status| matches!(status, EventStatus::Parked | EventStatus::Ignored | EventStatus::Dead);
    if cmd.status.is_some_and(|status| !runs_again(status)) {
        return Err(Failure::invalid("status", "out_of_range").into());
    }
    let mut tx = ctx.begin(granted).await?;
    let events = store::reopen_many(&mut tx, &cmd).await?;
    if events == 0 {
        tx.nothing_to_do().await?;
        return Ok(Replayed { events });
    }
    tx.record(Entry::done("events.replayed", "inbound_event", "").with(json!({
        "events": events, "reason": cmd.reason, "status": cmd.status, "source_id": cmd.source_id,
    })));
    tx.wake(Wake::ProcessEvents);
    tx.commit().await?;
    Ok(Replayed { events })
}
