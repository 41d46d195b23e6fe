//! What was done, by whom and when.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::audit::{AuditFilter, AuditPage};
use px360_domain::page::{PAGE_SIZE, PAGE_SIZE_MAX};

use super::store;
use crate::ctx::Ctx;
use crate::error::Result;

/// One page of the audit log within the caller's reach, newest first.
///
/// # Errors
/// `Invalid` on `cursor`, `limit` or `until` (before `from`).
pub async fn events(ctx: &Ctx, filter: AuditFilter) -> Result<AuditPage> {
    let granted = ctx.require(Permission::AuditRead)?;
    let limit = filter.limit.unwrap_or(PAGE_SIZE);
    if !(1..=PAGE_SIZE_MAX).contains(&limit) {
        return Err(Failure::invalid("limit", "out_of_range").into());
    }
    if filter.from.zip(filter.until).is_some_and(|(from, until)| until < from) {
        return Err(Failure::invalid("until", "before_from").into());
    }
    // The number of the last entry: it says nothing that the entry itself did not.
    let before = filter.cursor.as_deref().map(str::parse::<i64>).transpose();
    let before = before.map_err(|_no_number| Failure::invalid("cursor", "cursor_invalid"))?;
    let asked = i64::from(limit) + 1;
    let mut items = store::list(ctx.read(&granted), &filter, before, asked).await?;
    let more = items.len() > usize::from(limit);
    items.truncate(usize::from(limit));
    let next_cursor = items.last().filter(|_| more).map(|last| last.id.to_string());
    Ok(AuditPage { items, next_cursor })
}
