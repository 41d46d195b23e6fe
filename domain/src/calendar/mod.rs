//! Working time: which hours count, and when a budget of them is used up.
//!
//! Here is the calendar as data; the clock that runs on it is in `clock` and asked through
//! [`WorkCalendar::deadline`] and its neighbours. Nobody stores a remaining time: it is derived
//! from the instants of the log, the pauses and the calendar, so it can be explained and repeated.

mod clock;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use serde::{Deserialize, Serialize};

use crate::dates::RIYADH_OFFSET_SECONDS;

/// The minutes of a day.
pub const DAY_MINUTES: u16 = 24 * 60;

/// A closed stretch that is longer than this many days is a mistake in the calendar.
pub const CLOSED_DAYS_MAX: u16 = 400;

/// One stretch of open hours that returns every week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkWindow {
    /// The local day that the window begins on; `sun` to `sat` in JSON.
    #[serde(with = "weekday_word")]
    pub weekday: Weekday,
    /// Minutes after local midnight, 0 to 1439.
    pub from_minute: u16,
    /// Minutes after local midnight, 0 to 1440, itself no longer open.
    ///
    /// Not later than `from_minute` means on the next day: 22:00 to 06:00 is eight hours, 08:00 to
    /// 08:00 is twenty-four. A window never lasts longer than a day.
    pub to_minute: u16,
}

impl WorkWindow {
    /// A window of the given day.
    pub const fn new(weekday: Weekday, from_minute: u16, to_minute: u16) -> Self {
        Self { weekday, from_minute, to_minute }
    }

    /// When the window that begins on this local day opens and closes; none at the end of time.
    fn on(&self, day: NaiveDate, utc_offset_seconds: i32) -> Option<Stretch> {
        let overnight = self.to_minute <= self.from_minute;
        let to_minute = i64::from(self.to_minute) + i64::from(overnight) * i64::from(DAY_MINUTES);
        let at = |minute: i64| {
            let seconds = minute * 60 - i64::from(utc_offset_seconds);
            let local_midnight = day.and_time(NaiveTime::MIN);
            Some(local_midnight.checked_add_signed(TimeDelta::seconds(seconds))?.and_utc())
        };
        Some(Stretch { from: at(i64::from(self.from_minute))?, to: at(to_minute)? })
    }
}

/// The working hours of a hospital: weekly windows, minus holidays, in one fixed offset from UTC.
///
/// Windows may touch and overlap: a minute counts once. A holiday keeps closed every window that
/// *begins* on it. So the night shift of a holiday's eve is worked to its end in the morning, and
/// the shift that would begin on the evening of the holiday does not open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct WorkCalendar {
    windows: Vec<WorkWindow>,
    holidays: BTreeSet<NaiveDate>,
    utc_offset_seconds: i32,
}

impl WorkCalendar {
    /// A calendar of these windows, put in the order of the week, and these local holidays.
    ///
    /// Holidays are not judged, because a calendar does not know today: whoever saves one asks
    /// `deadline(now, 0, &[])` too, which says [`CalendarFault::NeverOpen`] when they leave nothing.
    ///
    /// # Errors
    /// [`CalendarFault::NeverOpen`] without windows, [`CalendarFault::WindowMinutes`] for a time
    /// that no day has, [`CalendarFault::UtcOffset`] for an offset of a day or more.
    pub fn new(
        mut windows: Vec<WorkWindow>,
        holidays: BTreeSet<NaiveDate>,
        utc_offset_seconds: i32,
    ) -> Result<Self, CalendarFault> {
        if windows.is_empty() {
            return Err(CalendarFault::NeverOpen);
        }
        if windows.iter().any(|w| w.from_minute >= DAY_MINUTES || w.to_minute > DAY_MINUTES) {
            return Err(CalendarFault::WindowMinutes);
        }
        if utc_offset_seconds.unsigned_abs() >= u32::from(DAY_MINUTES) * 60 {
            return Err(CalendarFault::UtcOffset);
        }
        // The clock sweeps the windows of a day in this order.
        windows.sort_by_key(|w| (w.weekday.num_days_from_sunday(), w.from_minute, w.to_minute));
        Ok(Self { windows, holidays, utc_offset_seconds })
    }

    /// Sunday to Thursday, 08:00 to 16:00 in Riyadh, without holidays.
    pub fn riyadh_office() -> Self {
        use Weekday::{Mon, Sun, Thu, Tue, Wed};
        Self::in_riyadh([Sun, Mon, Tue, Wed, Thu].map(|day| WorkWindow::new(day, 8 * 60, 16 * 60)))
    }

    /// Every minute of every day, counted in Riyadh.
    pub fn around_the_clock() -> Self {
        use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        Self::in_riyadh(
            [Sun, Mon, Tue, Wed, Thu, Fri, Sat].map(|day| WorkWindow::new(day, 0, DAY_MINUTES)),
        )
    }

    fn in_riyadh(windows: impl Into<Vec<WorkWindow>>) -> Self {
        Self {
            windows: windows.into(),
            holidays: BTreeSet::new(),
            utc_offset_seconds: RIYADH_OFFSET_SECONDS,
        }
    }

    /// The weekly windows, from Sunday on.
    pub fn windows(&self) -> &[WorkWindow] {
        &self.windows
    }

    /// The local days on which no window begins.
    pub const fn holidays(&self) -> &BTreeSet<NaiveDate> {
        &self.holidays
    }

    /// How far local clocks are ahead of UTC, in seconds; negative west of Greenwich.
    pub const fn utc_offset_seconds(&self) -> i32 {
        self.utc_offset_seconds
    }
}

/// A time during which the clock stands still, for example while the patient is asked something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pause {
    /// When the clock stops.
    pub from: DateTime<Utc>,
    /// When it runs again; none while nobody knows. Not later than `from` is no pause at all.
    pub to: Option<DateTime<Utc>>,
}

/// One unbroken stretch of working time that counted: a line of "why is it due then".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkSpan {
    /// When the clock began to run.
    #[serde(with = "crate::compact::instant")]
    pub from: DateTime<Utc>,
    /// When it stopped, itself no longer counted.
    #[serde(with = "crate::compact::instant")]
    pub to: DateTime<Utc>,
    /// How many whole minutes it added; over all spans they add up to the elapsed minutes.
    pub minutes: i64,
}

/// Why a calendar or a deadline cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarFault {
    /// The calendar stays closed for more than [`CLOSED_DAYS_MAX`] days.
    #[error("the calendar never opens")]
    NeverOpen,
    /// A pause without an end begins before the budget is used up.
    #[error("the clock is paused with no end")]
    PausedForEver,
    /// The budget is not used up within a hundred years.
    #[error("the deadline is too far away")]
    TooFar,
    /// A window begins or ends at a minute that no day has.
    #[error("a window lies outside the day")]
    WindowMinutes,
    /// The offset from UTC is a day or more.
    #[error("the UTC offset is a day or more")]
    UtcOffset,
}

impl CalendarFault {
    /// The word for it in a `FieldFault`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NeverOpen => "calendar_never_open",
            Self::PausedForEver => "calendar_paused_for_ever",
            Self::TooFar => "calendar_too_far",
            Self::WindowMinutes => "calendar_window_minutes",
            Self::UtcOffset => "calendar_utc_offset",
        }
    }
}

/// Time from an instant up to, and without, another one.
#[derive(Clone, Copy)]
struct Stretch {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
}

/// A calendar as it is stored: only [`WorkCalendar::new`] turns it into one that can be trusted.
#[derive(Deserialize)]
struct Unchecked {
    windows: Vec<WorkWindow>,
    holidays: BTreeSet<NaiveDate>,
    utc_offset_seconds: i32,
}

impl TryFrom<Unchecked> for WorkCalendar {
    type Error = CalendarFault;

    fn try_from(stored: Unchecked) -> Result<Self, CalendarFault> {
        Self::new(stored.windows, stored.holidays, stored.utc_offset_seconds)
    }
}

/// Weekdays as three lower-case letters: chrono's own words are capitalised.
mod weekday_word {
    use chrono::Weekday;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    const WORDS: [(Weekday, &str); 7] = [
        (Weekday::Sun, "sun"),
        (Weekday::Mon, "mon"),
        (Weekday::Tue, "tue"),
        (Weekday::Wed, "wed"),
        (Weekday::Thu, "thu"),
        (Weekday::Fri, "fri"),
        (Weekday::Sat, "sat"),
    ];

    pub(super) fn serialize<S: Serializer>(
        day: &Weekday,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let found = WORDS.iter().find(|(known, _)| known == day);
        found.map_or_else(
            || Err(serde::ser::Error::custom("a week has seven days")),
            |(_, word)| serializer.serialize_str(word),
        )
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Weekday, D::Error> {
        let word = String::deserialize(from)?;
        WORDS
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(day, _)| *day)
            .ok_or_else(|| D::Error::custom("expected one of sun, mon, tue, wed, thu, fri, sat"))
    }
}
