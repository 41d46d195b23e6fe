//! What somebody was told.

use chrono::{DateTime, Utc};
use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::NotificationId;
use px360_domain::notifications::{Inbox, InboxFilter};

use super::store;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::paging::{PageSize, read_cursor, write_cursor};

/// Where the next page begins: behind the last message of this one.
#[derive(Clone, Copy, serde::Serialize, serde::Deserialize)]
pub(super) struct Cursor {
    pub(super) at: DateTime<Utc>,
    pub(super) id: NotificationId,
}

/// One page of the caller's messages, newest first, and how many are not read.
///
/// # Errors
/// `Invalid` on `cursor` or `limit`; `Forbidden` for whoever is not a person.
pub async fn inbox(ctx: &Ctx, filter: InboxFilter) -> Result<Inbox> {
    let granted = ctx.require(Permission::ProfileRead)?;
    let me = ctx.user_id().ok_or(Failure::Forbidden)?;
    let size = PageSize::of(filter.limit)?;
    // Before anything is read: what comes meanwhile is newer than what was seen.
    let as_of = ctx.now();
    let after = filter.cursor.as_deref().map(read_cursor::<Cursor>).transpose()?;
    let read = ctx.read(&granted);
    let mut items = store::list_notices(read, me, filter.unread, after, size.and_one()).await?;
    let last = size.cut(&mut items).map(|last| Cursor { at: last.at, id: last.id });
    let next_cursor = last.map(|last| write_cursor(&last)).transpose()?;
    let unread = store::count_unread(read, me).await?;
    Ok(Inbox { items, next_cursor, unread, as_of })
}
