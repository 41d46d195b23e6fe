//! An approver agrees, or does not.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::actions::{ActionLogKind, DecideAction};
use px360_domain::ids::ActionId;
use px360_domain::notifications::NotificationKind;
use serde_json::json;

use super::log::NewLogEntry;
use super::tell::tell_in;
use super::{gate, store};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Approves the closing of a severe action, or sends it back. Never the owner, never the requester.
///
/// # Errors
/// `Invalid` on `reason` when rejecting without one; `Conflict` with `stale_version`,
/// `action_not_pending_approval` or `four_eyes`.
pub async fn decide(ctx: &Ctx, id: ActionId, cmd: DecideAction) -> Result<()> {
    let (granted, open) = gate::action(ctx, id, Permission::ActionApprove).await?;
    let found = &open.found;
    let reason = match (cmd.approve, cmd.reason.trim().is_empty()) {
        (true, true) => None,
        _ => Some(gate::check_text("reason", &cmd.reason)?),
    };
    gate::check_version(found, cmd.version)?;
    let approver = ctx.user_id().ok_or(Failure::Forbidden)?;
    let head = &found.head;
    // Whoever stands in is no second pair of eyes for the one whose eyes these are.
    found.decide(open.in_place_of.iter().map(|absent| absent.id).chain([approver]))?;
    let mut tx = ctx.begin(granted).await?;
    store::mark_decided(&mut tx, id, cmd.version, cmd.approve).await?;
    let kind = if cmd.approve { ActionLogKind::Closed } else { ActionLogKind::Rejected };
    let entry = NewLogEntry { text: reason, ..open.log(kind) };
    store::insert_log(&mut tx, found.hospital_id, id, entry).await?;
    if let (false, Some(owner)) = (cmd.approve, head.owner_id) {
        let key = format!("rejected:{id}:{}", cmd.version);
        let kind = NotificationKind::ClosingRejected;
        tell_in(&mut tx, found.hospital_id, id, kind, owner, key).await?;
    }
    let entry =
        Entry::done("action.decided", "action", id).with(json!({ "approved": cmd.approve }));
    tx.record(open.entry(entry));
    tx.commit().await
}
