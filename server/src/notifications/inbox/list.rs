//! What somebody was told.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::NotificationId;
use px360_domain::notifications::{Inbox, InboxFilter};
use px360_domain::page::{PAGE_SIZE, PAGE_SIZE_MAX};

use super::store;
use crate::ctx::Ctx;
use crate::error::Result;

/// Where the next page begins: behind the last message of this one.
#[derive(Clone, Copy, serde::Serialize, serde::Deserialize)]
pub(super) struct Cursor {
    pub(super) at: DateTime<Utc>,
    pub(super) id: NotificationId,
}

impl Cursor {
    fn read(text: &str) -> Result<Self, Failure> {
        let refused = || Failure::invalid("cursor", "cursor_invalid");
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_not_base64| refused())?;
        serde_json::from_slice(&bytes).map_err(|_not_ours| refused())
    }

    fn write(self) -> Result<String> {
        Ok(URL_SAFE_NO_PAD.encode(serde_json::to_vec(&self)?))
    }
}

/// One page of the caller's messages, newest first, and how many are not read.
///
/// # Errors
/// `Invalid` on `cursor` or `limit`; `Forbidden` for whoever is not a person.
pub async fn inbox(ctx: &Ctx, filter: InboxFilter) -> Result<Inbox> {
    let granted = ctx.require(Permission::ProfileRead)?;
    let me = ctx.user_id().ok_or(Failure::Forbidden)?;
    let limit = filter.limit.unwrap_or(PAGE_SIZE);
    if !(1..=PAGE_SIZE_MAX).contains(&limit) {
        return Err(Failure::invalid("limit", "out_of_range").into());
    }
    // Before anything is read: what comes meanwhile is newer than what was seen.
    let as_of = ctx.now();
    let after = filter.cursor.as_deref().map(Cursor::read).transpose()?;
    let read = ctx.read(&granted);
    let asked = i64::from(limit) + 1;
    let mut items = store::list_notices(read, me, filter.unread, after, asked).await?;
    let more = items.len() > usize::from(limit);
    items.truncate(usize::from(limit));
    let next_cursor = match items.last() {
        Some(last) if more => Some(Cursor { at: last.at, id: last.id }.write()?),
        _ => None,
    };
    let unread = store::count_unread(read, me).await?;
    Ok(Inbox { items, next_cursor, unread, as_of })
}
