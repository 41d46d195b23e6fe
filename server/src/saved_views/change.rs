//! A view shows something else from now on, or is found by others.

use px360_domain::Failure;
use px360_domain::ids::SavedViewId;
use px360_domain::saved_views::{Audience, ChangeView, check_view};

use super::save::said;
use super::{gate, store};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Changes a view; whoever shares it finds the change too.
///
/// # Errors
/// As for saving; `Invalid` on `look` for another list; `Conflict` with `stale_version`.
pub async fn change(ctx: &Ctx, id: SavedViewId, cmd: ChangeView) -> Result<()> {
    let (_, head) = gate::to_change(ctx, id).await?;
    let granted = gate::may_keep(ctx, &cmd.view)?;
    // Nobody takes what others share to where only its owner finds it.
    if cmd.view.audience == Audience::Personal && head.owner_id != gate::person(ctx)? {
        return Err(Failure::Forbidden.into());
    }
    let view = check_view(cmd.view).map_err(|faults| Failure::Invalid { faults })?;
    if view.look.list() != head.list {
        return Err(Failure::invalid("look", "other_list").into());
    }
    let mut tx = ctx.begin(granted).await?;
    store::update(&mut tx, id, cmd.version, &view).await?;
    tx.record(Entry::done("saved_view.changed", "saved_view", id).with(said(&view)));
    tx.commit().await
}
