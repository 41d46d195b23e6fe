//! Somebody has seen what they were told.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::notifications::ReadNotices;
use px360_domain::page::PAGE_SIZE_MAX;
use serde_json::json;

use super::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Marks the caller's messages as read: these, and everything up to an instant. What is read stays
/// read, and what belongs to somebody else is left alone.
///
/// # Errors
/// `Invalid` on `ids` for more than one page of them; `Forbidden` for whoever is not a person.
pub async fn mark_read(ctx: &Ctx, cmd: ReadNotices) -> Result<()> {
    let granted = ctx.require(Permission::ProfileRead)?;
    let me = ctx.user_id().ok_or(Failure::Forbidden)?;
    if cmd.ids.len() > usize::from(PAGE_SIZE_MAX) {
        return Err(Failure::invalid("ids", "too_many").into());
    }
    let mut tx = ctx.begin(granted).await?;
    let read = store::mark_read(&mut tx, me, &cmd.ids, cmd.until).await?;
    if read == 0 {
        return tx.nothing_to_do().await;
    }
    tx.record(Entry::done("notifications.read", "user", me).with(json!({ "count": read })));
    tx.commit().await
}
