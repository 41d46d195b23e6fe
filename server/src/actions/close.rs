//! The owner is done.

use px360_domain::access::Permission;
use px360_domain::actions::{ActionLogKind, ActionStatus, CloseAction, machine};
use px360_domain::ids::ActionId;
use serde_json::json;

use super::log::NewLogEntry;
use super::{gate, store};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Closes an action; a severe one waits for another person's approval.
///
/// # Errors
/// `Invalid` on `resolution`; `Conflict` with `stale_version` or `action_not_in_progress`.
pub async fn close(ctx: &Ctx, id: ActionId, cmd: CloseAction) -> Result<()> {
    let (granted, found) = gate::action(ctx, id, Permission::ActionWork).await?;
    let resolution = gate::check_text("resolution", &cmd.resolution)?;
    gate::check_version(&found, cmd.version)?;
    let status = machine::close(found.head.status, found.head.severity)?;
    let mut tx = ctx.begin(granted).await?;
    store::mark_closing(&mut tx, id, cmd.version, status, &resolution).await?;
    let kind = match status {
        ActionStatus::Closed => ActionLogKind::Closed,
        _ => ActionLogKind::ApprovalRequested,
    };
    let entry = NewLogEntry { text: Some(resolution), ..NewLogEntry::of(kind) };
    store::insert_log(&mut tx, found.hospital_id, id, entry).await?;
    tx.record(
        Entry::done("action.close_asked", "action", id)
            .in_hospital(found.hospital_id)
            .with(json!({ "status": status })),
    );
    tx.commit().await
}
