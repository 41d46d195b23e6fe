//! Lengths of time in words, in every plural form that Arabic has.

use px360_domain::Locale;

const HOUR: i64 = 60;
/// From here on nobody counts minutes.
const MINUTES_MATTER_BELOW: i64 = 10 * HOUR;

/// `3 ساعات و20 دقيقة` of this many minutes; the sign is left to the words around it.
///
/// Never days: a day of working time is not a day, and the two would be taken for each other.
pub(crate) fn duration(locale: Locale, minutes: i64) -> String {
    let minutes = minutes.saturating_abs();
    let (whole_hours, rest) = (minutes / HOUR, minutes % HOUR);
    if whole_hours == 0 {
        return text!(locale, common.minutes, count = minutes).to_string();
    }
    let hours = text!(locale, common.hours, count = whole_hours).to_string();
    if rest == 0 || minutes >= MINUTES_MATTER_BELOW {
        return hours;
    }
    let rest = text!(locale, common.minutes, count = rest).to_string();
    text!(locale, common.hours_and_minutes, hours = hours, minutes = rest)
}
