//! A hospital's working hours, as its record says them and as the clock needs them.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime, Timelike as _, Weekday};
use serde_json::{Map, Value, json};

use crate::calendar::{WorkCalendar, WorkWindow};
use crate::dates::RIYADH_OFFSET_SECONDS;

/// The days of a week, from Sunday on, as records name them.
pub(super) const WEEKDAYS: &[&str] = &["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// Sunday to Thursday, 08:00 to 16:00: what holds until a hospital says otherwise.
pub(super) fn office_hours() -> Value {
    let days = WEEKDAYS.iter().take(5);
    let hours = |day: &&str| json!({ "weekday": day, "from_time": "08:00", "until_time": "16:00" });
    Value::Array(days.map(hours).collect())
}

/// The minutes after midnight of a time of day as `08:30`.
pub fn minute_of(time: &str) -> Option<u16> {
    let time = NaiveTime::parse_from_str(time, "%H:%M").ok()?;
    u16::try_from(time.hour() * 60 + time.minute()).ok()
}

/// The calendar that a checked hospital's record describes; the hours of offices where it describes none.
pub fn calendar_of(doc: &Map<String, Value>) -> WorkCalendar {
    let rows = |name: &str| doc.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let windows = rows("working_hours").iter().filter_map(window).collect();
    let holidays: BTreeSet<NaiveDate> =
        rows("holidays").iter().filter_map(|row| row["day"].as_str()?.parse().ok()).collect();
    WorkCalendar::new(windows, holidays, RIYADH_OFFSET_SECONDS)
        .unwrap_or_else(|_no_windows| WorkCalendar::riyadh_office())
}

fn window(row: &Value) -> Option<WorkWindow> {
    let weekday: Weekday = row["weekday"].as_str()?.parse().ok()?;
    let minute = |name: &str| minute_of(row[name].as_str()?);
    Some(WorkWindow::new(weekday, minute("from_time")?, minute("until_time")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_become_a_calendar_and_none_are_those_of_offices() {
        let doc = json!({
            "working_hours": [{ "weekday": "sat", "from_time": "22:00", "until_time": "06:00" }],
            "holidays": [{ "day": "2026-09-23" }],
        });
        let calendar = calendar_of(doc.as_object().unwrap());
        assert_eq!(calendar.windows(), [WorkWindow::new(Weekday::Sat, 22 * 60, 6 * 60)]);
        assert_eq!(calendar.holidays().len(), 1);
        let nothing = json!({ "working_hours": [] });
        assert_eq!(calendar_of(nothing.as_object().unwrap()), WorkCalendar::riyadh_office());
        let office = json!({ "working_hours": office_hours() });
        assert_eq!(calendar_of(office.as_object().unwrap()), WorkCalendar::riyadh_office());
    }
}
