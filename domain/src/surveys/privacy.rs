//! What patients are told of their answers.

use chrono::NaiveDate;

/// The day from which the words about privacy on patients' pages are what they are.
///
/// It is kept with each survey that is begun, so that one can tell what somebody was told; whoever changes the words gives
/// them a new day.
pub const PRIVACY_NOTICE: NaiveDate = match NaiveDate::from_ymd_opt(2026, 11, 30) {
    Some(day) => day,
    None => NaiveDate::MIN,
};
