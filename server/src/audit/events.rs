//! What was done, by whom and when.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::audit::{AuditFilter, AuditLine, AuditLines, AuditPage, SEARCH_CHARS_MAX};

use super::store;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::paging::{PageSize, cursor_refused};

/// One page of the audit log within the caller's reach, newest first.
///
/// # Errors
/// `Invalid` on `cursor`, `limit`, `search` (too long) or `until` (before `from`).
pub async fn events(ctx: &Ctx, filter: AuditFilter) -> Result<AuditPage> {
    let granted = ctx.require(Permission::AuditRead)?;
    let size = PageSize::of(filter.limit)?;
    check(&filter)?;
    // The number of the last entry: it says nothing that the entry itself did not.
    let before = filter.cursor.as_deref().map(str::parse::<i64>).transpose();
    let before = before.map_err(|_no_number| cursor_refused())?;
    let mut items = store::list(ctx.read(&granted), &filter, before, size.and_one()).await?;
    let next_cursor = size.cut(&mut items).map(|last| last.id.to_string());
    Ok(AuditPage { items, next_cursor })
}

/// The same page with each detail taken apart, for a page of ours.
///
/// # Errors
/// As [`events`].
pub async fn lines(ctx: &Ctx, filter: AuditFilter) -> Result<AuditLines> {
    let as_of = ctx.now();
    let AuditPage { items, next_cursor } = events(ctx, filter).await?;
    Ok(AuditLines { items: items.into_iter().map(AuditLine::from).collect(), next_cursor, as_of })
}

/// What no filter may say.
///
/// # Errors
/// `Invalid` on `search` or `until`.
pub(super) fn check(filter: &AuditFilter) -> Result<()> {
    if filter.from.zip(filter.until).is_some_and(|(from, until)| until < from) {
        return Err(Failure::invalid("until", "before_from").into());
    }
    if filter.search.as_ref().is_some_and(|words| words.chars().count() > SEARCH_CHARS_MAX) {
        return Err(Failure::invalid("search", "too_long").into());
    }
    Ok(())
}
