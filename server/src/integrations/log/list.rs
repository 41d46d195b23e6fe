//! The messages of sources, newest first.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::integrations::{CODE_CHARS_MAX, EventFilter, EventPage};

use super::store;
use crate::ctx::{Actor, Ctx};
use crate::error::Result;
use crate::paging::{PageSize, read_cursor, write_cursor};

/// Messages within reach, newest first. A source sees its own.
///
/// # Errors
/// `Forbidden`; `Invalid` on `limit`, `cursor`, or a filter that is longer than any code.
pub async fn events(ctx: &Ctx, filter: EventFilter) -> Result<EventPage> {
    let granted = ctx.require(Permission::EventRead)?;
    let size = PageSize::of(filter.limit)?;
    for (name, value) in [
        ("hospital", &filter.hospital),
        ("encounter_id", &filter.encounter_id),
        ("event_code", &filter.event_code),
    ] {
        if value.as_ref().is_some_and(|value| value.chars().count() > CODE_CHARS_MAX) {
            return Err(Failure::invalid(name, "too_long").into());
        }
    }
    let before = filter.cursor.as_deref().map(read_cursor).transpose()?;
    let own = match *ctx.actor() {
        Actor::Source { id, .. } => Some(id),
        _ => None,
    };
    let source_id = own.or(filter.source_id);
    if own.is_some() && filter.source_id.is_some_and(|asked| Some(asked) != own) {
        return Ok(EventPage::default());
    }
    let asked = store::Asked { filter: &filter, source_id, before, limit: size.and_one() };
    let mut items = store::list(ctx.read(&granted), &asked).await?;
    let next_cursor = size.cut(&mut items).map(|last| write_cursor(&last.event_id)).transpose()?;
    Ok(EventPage { items, next_cursor })
}
