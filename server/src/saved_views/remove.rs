//! A view goes, and comes back if that was a slip.

use px360_domain::Failure;
use px360_domain::ids::SavedViewId;
use px360_domain::saved_views::VIEWS_MAX;

use super::{gate, store};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Removes a view for everybody who found it.
///
/// # Errors
/// `NotFound`, or `Forbidden` for somebody else's.
pub async fn remove(ctx: &Ctx, id: SavedViewId) -> Result<()> {
    let (granted, _) = gate::to_change(ctx, id).await?;
    let mut tx = ctx.begin(granted).await?;
    store::mark_removed(&mut tx, id, true).await?;
    tx.record(Entry::done("saved_view.removed", "saved_view", id));
    tx.commit().await
}

/// Brings a removed view back.
///
/// # Errors
/// `NotFound`; `Conflict` with `view_name_taken` when its name is used by another one now, or
/// `too_many_views`.
pub async fn restore(ctx: &Ctx, id: SavedViewId) -> Result<()> {
    let (granted, head) = gate::to_change(ctx, id).await?;
    let mut tx = ctx.begin(granted).await?;
    if store::count(&mut tx, head.owner_id, head.list).await? >= VIEWS_MAX {
        return Err(Failure::conflict("too_many_views").into());
    }
    store::mark_removed(&mut tx, id, false).await?;
    tx.record(Entry::done("saved_view.restored", "saved_view", id));
    tx.commit().await
}
