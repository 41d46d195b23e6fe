//! Somebody wants to find a list again.

use px360_domain::Failure;
use px360_domain::ids::SavedViewId;
use px360_domain::saved_views::{SaveView, VIEWS_MAX, check_view};
use serde_json::json;

use super::{gate, store};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Saves a view, for oneself or for others.
///
/// # Errors
/// `Invalid` on `name`, `role` or `look`; `Forbidden` where the caller may not share; `Conflict`
/// with `view_name_taken` or `too_many_views`.
pub async fn save(ctx: &Ctx, cmd: SaveView) -> Result<SavedViewId> {
    let granted = gate::may_keep(ctx, &cmd)?;
    let owner = gate::person(ctx)?;
    let view = check_view(cmd).map_err(|faults| Failure::Invalid { faults })?;
    let mut tx = ctx.begin(granted).await?;
    if store::count(&mut tx, owner, view.look.list()).await? >= VIEWS_MAX {
        return Err(Failure::conflict("too_many_views").into());
    }
    let id = ctx.new_id();
    store::insert(&mut tx, id, owner, &view).await?;
    tx.record(Entry::done("saved_view.saved", "saved_view", id).with(said(&view)));
    tx.commit().await?;
    Ok(id)
}

/// What the memory holds of a view. Not its name: people may write anything there.
pub(super) fn said(view: &SaveView) -> serde_json::Value {
    json!({
        "audience": view.audience,
        "hospital_id": view.hospital_id,
        "role": view.role,
        "look": view.look,
    })
}
