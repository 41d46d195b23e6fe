//! Days as people here read them: Gregorian first, Umm al-Qura second.

use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

/// Riyadh is three hours ahead of UTC and has no summer time.
pub const RIYADH_OFFSET_SECONDS: i32 = 3 * 60 * 60;

/// This instant on a clock in Riyadh.
pub fn in_riyadh(at: DateTime<Utc>) -> NaiveDateTime {
    FixedOffset::east_opt(RIYADH_OFFSET_SECONDS)
        .map_or_else(|| at.naive_utc(), |offset| at.with_timezone(&offset).naive_local())
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
