//! The saved views of the queue, with how much each holds.

use px360_domain::access::Permission;
use px360_domain::saved_views::{ListName, Look, SavedView, ViewCount};

use super::queue::store;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::saved_views;

/// Views that are counted at most: as many as anybody keeps beside a list.
const COUNTED_MAX: usize = 20;

/// The views that the caller finds; those beside the list are counted.
///
/// # Errors
/// `Forbidden` for whoever may not read actions.
pub async fn saved_views(ctx: &Ctx) -> Result<Vec<SavedView>> {
    let granted = ctx.require(Permission::ActionRead)?;
    let read = ctx.read(&granted);
    let mut views = saved_views::list(ctx, ListName::Actions).await?;
    for view in views.iter_mut().filter(|view| view.shown).take(COUNTED_MAX) {
        let Look::Actions(look) = &view.look else { continue };
        let found = store::count(read, &look.filter, ctx.user_id(), ctx.now()).await?;
        view.count = Some(ViewCount { total: found.total, overdue: found.overdue });
    }
    Ok(views)
}
