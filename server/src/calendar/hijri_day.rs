//! The same day in the other calendar.

use chrono::NaiveDate;
use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::dates::HijriDate;

use crate::ctx::Ctx;
use crate::dates;
use crate::error::Result;

/// The Umm al-Qura day of this Gregorian day.
///
/// # Errors
/// `Invalid` on `day` for a day that the calendar does not know.
pub fn hijri_day(ctx: &Ctx, day: NaiveDate) -> Result<HijriDate> {
    ctx.require(Permission::ProfileRead)?;
    dates::of_day(day).map_err(|_unknown| Failure::invalid("day", "out_of_range").into())
}
