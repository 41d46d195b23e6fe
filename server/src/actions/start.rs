//! Somebody starts working on an action.

use px360_domain::access::Permission;
use px360_domain::actions::{ActionLogKind, StartAction, machine};
use px360_domain::ids::ActionId;
use serde_json::json;

use super::gate::Found;
use super::log::NewLogEntry;
use super::{gate, store};
use crate::audit::Entry;
use crate::ctx::{Ctx, Granted};
use crate::error::Result;

/// Starts an action: the response clock stops, and whoever starts an unowned one owns it.
///
/// # Errors
/// `Conflict` with `stale_version` or `action_not_open`.
pub async fn start(ctx: &Ctx, id: ActionId, cmd: StartAction) -> Result<()> {
    let (granted, found) = gate::action(ctx, id, Permission::ActionWork).await?;
    gate::check_version(&found, cmd.version)?;
    start_found(ctx, granted, &found).await
}

/// Starts an action that the caller may work on.
pub(super) async fn start_found(ctx: &Ctx, granted: Granted, found: &Found) -> Result<()> {
    let (id, version) = (found.head.id, found.head.version);
    let status = machine::start(found.head.status)?;
    let mut tx = ctx.begin(granted).await?;
    let owner_id = found.head.owner_id.or(ctx.user_id());
    store::mark_started(&mut tx, id, version, status, owner_id).await?;
    let entry = NewLogEntry::of(ActionLogKind::Started);
    store::insert_log(&mut tx, found.hospital_id, id, entry).await?;
    tx.record(
        Entry::done("action.started", "action", id)
            .in_hospital(found.hospital_id)
            .with(json!({ "owner_id": owner_id })),
    );
    tx.commit().await
}
