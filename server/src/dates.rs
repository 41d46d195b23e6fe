//! Days of the Umm al-Qura calendar, which is a table and lives on the server only.

use anyhow::Context as _;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use icu_calendar::Date;
use icu_calendar::cal::Hijri;
use px360_domain::dates::{HijriDate, in_riyadh};

use crate::error::Result;

/// The day, in Riyadh, of this instant.
pub(crate) fn day(at: DateTime<Utc>) -> NaiveDate {
    in_riyadh(at).date()
}

/// The Umm al-Qura day that this instant falls on in Riyadh.
pub(crate) fn hijri(at: DateTime<Utc>) -> Result<HijriDate> {
    of_day(day(at))
}

/// The Umm al-Qura day of this Gregorian day.
///
/// # Errors
/// `Broken` for a day that the calendar does not know.
pub fn of_day(day: NaiveDate) -> Result<HijriDate> {
    let month = u8::try_from(day.month()).context("a month beyond 255")?;
    let of_month = u8::try_from(day.day()).context("a day beyond 255")?;
    let hijri = Date::try_new_iso(day.year(), month, of_month)
        .context("a day that the calendar does not know")?
        .to_calendar(Hijri::new_umm_al_qura());
    Ok(HijriDate {
        year: hijri.year().extended_year(),
        month: hijri.month().ordinal,
        day: hijri.day_of_month().0,
    })
}
