//! Journeys in a list.

pub(super) mod store;

use chrono::{DateTime, Utc};
use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::JourneyId;
use px360_domain::integrations::CODE_CHARS_MAX;
use px360_domain::journeys::{JourneyFilter, JourneyPage};

use super::Faces;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::paging::{PageSize, read_cursor, write_cursor};

/// Journeys within reach, those that began last first.
///
/// # Errors
/// `Forbidden`; `Invalid` on `limit`, `cursor`, or a filter that is longer than any code.
pub async fn journeys(ctx: &Ctx, filter: JourneyFilter) -> Result<JourneyPage> {
    let granted = ctx.require(Permission::JourneyRead)?;
    let size = PageSize::of(filter.limit)?;
    let texts = [("hospital", &filter.hospital), ("encounter_number", &filter.encounter_number)];
    for (name, value) in texts {
        if value.as_ref().is_some_and(|value| value.chars().count() > CODE_CHARS_MAX) {
            return Err(Failure::invalid(name, "too_long").into());
        }
    }
    let before: Option<(DateTime<Utc>, JourneyId)> =
        filter.cursor.as_deref().map(read_cursor).transpose()?;
    let read = ctx.read(&granted);
    let asked =
        store::Asked { filter: &filter, before, only: None, of: None, limit: size.and_one() };
    let mut items = store::list(&mut *read.db().await?, read.reach(), &asked).await?;
    let faces = Faces::of(ctx);
    for item in &mut items {
        item.patient = faces.name(item.hospital_id, std::mem::take(&mut item.patient));
    }
    let next_cursor =
        size.cut(&mut items).map(|last| write_cursor(&(last.opened_at, last.id))).transpose()?;
    Ok(JourneyPage { items, next_cursor })
}
