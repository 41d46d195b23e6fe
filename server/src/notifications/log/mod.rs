//! What became of messages to patients.

mod store;

use chrono::{DateTime, TimeDelta, Utc};
use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::NotificationId;
use px360_domain::integrations::CODE_CHARS_MAX;
use px360_domain::notifications::{Channel, DeliveryFilter, DeliveryPage};

use crate::ctx::Ctx;
use crate::error::Result;
use crate::paging::{PageSize, read_cursor, write_cursor};

/// How far back text messages are metered.
const METERED: TimeDelta = TimeDelta::days(30);

/// Messages to patients within reach, the latest first: those that wait, those that went with every attempt, and those
/// that did not, with the rule that stopped them.
///
/// # Errors
/// `Forbidden`; `Invalid` on `limit`, `cursor`, or a code that is longer than any.
pub async fn delivery_log(ctx: &Ctx, filter: DeliveryFilter) -> Result<DeliveryPage> {
    let granted = ctx.require(Permission::NotificationRead)?;
    let size = PageSize::of(filter.limit)?;
    if filter.hospital.as_ref().is_some_and(|code| code.chars().count() > CODE_CHARS_MAX) {
        return Err(Failure::invalid("hospital", "too_long").into());
    }
    let before: Option<(DateTime<Utc>, NotificationId)> =
        filter.cursor.as_deref().map(read_cursor).transpose()?;
    let mut items = store::list(ctx.read(&granted), &filter, before, size.and_one()).await?;
    let next_cursor =
        size.cut(&mut items).map(|last| write_cursor(&(last.created_at, last.id))).transpose()?;
    let mut meter = store::meter(ctx.read(&granted), ctx.now() - METERED).await?;
    let price = ctx.deps().gateways().terms(Channel::Sms).segment_halalas;
    meter.halalas = price.map(|price| i64::from(price) * meter.segments);
    Ok(DeliveryPage { items, next_cursor, meter })
}
