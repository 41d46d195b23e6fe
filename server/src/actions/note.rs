//! Somebody writes a note.

use px360_domain::access::Permission;
use px360_domain::actions::{ActionLogKind, NoteAction};
use px360_domain::ids::ActionId;

use super::log::NewLogEntry;
use super::{gate, store};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Writes a note on an action's timeline. Notes do not change the action, so they need no version.
///
/// # Errors
/// `Invalid` on `text`.
pub async fn note(ctx: &Ctx, id: ActionId, cmd: NoteAction) -> Result<()> {
    let (granted, open) = gate::action(ctx, id, Permission::ActionWork).await?;
    let text = gate::check_text("text", &cmd.text)?;
    let mut tx = ctx.begin(granted).await?;
    let entry = NewLogEntry { text: Some(text), ..open.log(ActionLogKind::Noted) };
    store::insert_log(&mut tx, open.found.hospital_id, id, entry).await?;
    tx.record(open.entry(Entry::done("action.noted", "action", id)));
    tx.commit().await
}
