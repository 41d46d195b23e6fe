//! Days as people here read them: Gregorian first, Umm al-Qura second.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Riyadh is three hours ahead of UTC and has no summer time.
pub const RIYADH_OFFSET_SECONDS: i32 = 3 * 60 * 60;

/// This instant on a clock in Riyadh.
pub fn in_riyadh(at: DateTime<Utc>) -> NaiveDateTime {
    FixedOffset::east_opt(RIYADH_OFFSET_SECONDS)
        .map_or_else(|| at.naive_utc(), |offset| at.with_timezone(&offset).naive_local())
}

/// The instant at which a day begins in Riyadh; none at the edge of what can be counted.
pub fn day_begins(day: NaiveDate) -> Option<DateTime<Utc>> {
    let offset = TimeDelta::try_seconds(RIYADH_OFFSET_SECONDS.into())?;
    day.and_time(NaiveTime::MIN).and_utc().checked_sub_signed(offset)
}

/// A day of the Umm al-Qura calendar. The server computes it: the calendar is a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HijriDate {
    /// The year of the Hijra, for example 1448.
    pub year: i32,
    /// 1 (Muharram) to 12 (Dhu al-Hijja).
    pub month: u8,
    /// 1 to 30.
    pub day: u8,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_its_midnight_in_riyadh() {
        let day: NaiveDate = "2026-11-23".parse().unwrap();
        let begins = day_begins(day).unwrap();
        assert_eq!(begins.to_rfc3339(), "2026-11-22T21:00:00+00:00");
        assert_eq!(in_riyadh(begins), day.and_time(NaiveTime::MIN));
        assert_eq!(day_begins(NaiveDate::MIN), None);
    }
}
