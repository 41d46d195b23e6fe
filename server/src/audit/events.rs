//! What was done, by whom and when.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::audit::{AuditFilter, AuditPage};

use super::store;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::paging::{PageSize, cursor_refused};

/// One page of the audit log within the caller's reach, newest first.
///
/// # Errors
/// `Invalid` on `cursor`, `limit` or `until` (before `from`).
pub async fn events(ctx: &Ctx, filter: AuditFilter) -> Result<AuditPage> {
    let granted = ctx.require(Permission::AuditRead)?;
    let size = PageSize::of(filter.limit)?;
    if filter.from.zip(filter.until).is_some_and(|(from, until)| until < from) {
        return Err(Failure::invalid("until", "before_from").into());
    }
    // The number of the last entry: it says nothing that the entry itself did not.
    let before = filter.cursor.as_deref().map(str::parse::<i64>).transpose();
    let before = before.map_err(|_no_number| cursor_refused())?;
    let mut items = store::list(ctx.read(&granted), &filter, before, size.and_one()).await?;
    let next_cursor = size.cut(&mut items).map(|last| last.id.to_string());
    Ok(AuditPage { items, next_cursor })
}
