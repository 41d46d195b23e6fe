//! Somebody starts working on an action.

use px360_domain::access::Permission;
use px360_domain::actions::{ActionLogKind, StartAction, machine};
use px360_domain::ids::ActionId;
use serde_json::json;

use super::gate::Open;
use super::{gate, store};
use crate::audit::Entry;
use crate::ctx::{Ctx, Granted};
use crate::error::Result;

/// Starts an action: the response clock stops, and whoever starts an unowned one owns it.
///
/// # Errors
/// `Conflict` with `stale_version` or `action_not_open`.
pub async fn start(ctx: &Ctx, id: ActionId, cmd: StartAction) -> Result<()> {
    let (granted, open) = gate::action(ctx, id, Permission::ActionWork).await?;
    gate::check_version(&open.found, cmd.version)?;
    start_open(ctx, granted, &open).await
}

/// Starts an action that the caller may work on.
pub(super) async fn start_open(ctx: &Ctx, granted: Granted, open: &Open) -> Result<()> {
    let found = &open.found;
    let (id, version) = (found.head.id, found.head.version);
    let status = machine::start(found.head.status)?;
    let mut tx = ctx.begin(granted).await?;
    let owner_id = found.head.owner_id.or(ctx.user_id());
    store::mark_started(&mut tx, id, version, status, owner_id).await?;
    let entry = open.log(ActionLogKind::Started);
    store::insert_log(&mut tx, found.hospital_id, id, entry).await?;
    let entry = Entry::done("action.started", "action", id).with(json!({ "owner_id": owner_id }));
    tx.record(open.entry(entry));
    tx.commit().await
}
