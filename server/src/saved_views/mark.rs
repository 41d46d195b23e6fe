//! Where a view stands for one person.

use px360_domain::Failure;
use px360_domain::ids::SavedViewId;
use px360_domain::saved_views::MarkView;
use serde_json::json;

use super::{gate, store};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Places a view beside the list or not, or first or not, for the caller only.
///
/// # Errors
/// `NotFound` for a view that the caller does not find.
pub async fn mark(ctx: &Ctx, id: SavedViewId, cmd: MarkView) -> Result<()> {
    let head = gate::to_see(ctx, id).await?;
    if head.removed {
        return Err(Failure::not_found("saved_view").into());
    }
    let me = gate::person(ctx)?;
    let mut tx = ctx.begin(ctx.require(head.list.read())?).await?;
    store::take_turn(&mut tx, me).await?;
    if cmd.opens_first == Some(true) {
        store::clear_first(&mut tx, me, head.list).await?;
    }
    store::upsert_mark(&mut tx, me, id, head.list, cmd).await?;
    let said = json!({ "shown": cmd.shown, "opens_first": cmd.opens_first });
    tx.record(Entry::done("saved_view.marked", "saved_view", id).with(said));
    tx.commit().await
}
