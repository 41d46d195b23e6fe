//! The owner is done.

use px360_domain::access::Permission;
use px360_domain::actions::{ActionLogKind, ActionStatus, CloseAction, machine};
use px360_domain::ids::{ActionId, UserId};
use px360_domain::notifications::NotificationKind;
use serde_json::json;

use super::gate::Found;
use super::log::NewLogEntry;
use super::tell::tell_in;
use super::{gate, routing, store};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::tx::Tx;

/// Closes an action; a severe one waits for another person's approval.
///
/// # Errors
/// `Invalid` on `resolution`; `Conflict` with `stale_version` or `action_not_in_progress`.
pub async fn close(ctx: &Ctx, id: ActionId, cmd: CloseAction) -> Result<()> {
    let (granted, open) = gate::action(ctx, id, Permission::ActionWork).await?;
    let found = &open.found;
    let resolution = gate::check_text("resolution", &cmd.resolution)?;
    gate::check_version(found, cmd.version)?;
    let status = machine::close(found.head.status, found.head.severity)?;
    let mut tx = ctx.begin(granted).await?;
    store::mark_closing(&mut tx, id, cmd.version, status, &resolution).await?;
    let kind = match status {
        ActionStatus::Closed => ActionLogKind::Closed,
        _ => ActionLogKind::ApprovalRequested,
    };
    let entry = NewLogEntry { text: Some(resolution), ..open.log(kind) };
    store::insert_log(&mut tx, found.hospital_id, id, entry).await?;
    if status == ActionStatus::PendingApproval {
        ask_approver_in(&mut tx, found, cmd.version).await?;
    }
    let entry = Entry::done("action.close_asked", "action", id).with(json!({ "status": status }));
    tx.record(open.entry(entry));
    tx.commit().await
}

/// Tells whoever stands nearest and may agree: neither the owner nor the one who asks.
async fn ask_approver_in(tx: &mut Tx, found: &Found, version: i32) -> Result<()> {
    let id = found.head.id;
    let not_them: Vec<UserId> =
        [found.head.owner_id, tx.ctx().user_id()].into_iter().flatten().collect();
    let at = routing::At { hospital_id: found.hospital_id, department_id: found.department_id };
    let approver = routing::approver(tx, at, &not_them).await?;
    match approver {
        // The version tells one request from the next one, after the first was sent back.
        Some(approver) => {
            let key = format!("approval:{id}:{version}");
            let kind = NotificationKind::ApprovalRequested;
            tell_in(tx, found.hospital_id, id, kind, approver.user, key).await
        }
        None => Ok(()),
    }
}
