//! What crosses the wire about sources: the systems that send, their keys, and how they do.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{HospitalId, SourceId};
use crate::organizations::HospitalChoice;

/// The longest name of a source, in characters.
pub const SOURCE_NAME_CHARS_MAX: usize = 100;
/// The longest that content may be kept, in days: ten years.
pub const RETENTION_DAYS_MAX: i32 = 3_650;
/// The longest silence that may be allowed, in working minutes: one week.
pub const SILENCE_MINUTES_MAX: i32 = 7 * 24 * 60;

closed_enum! {
    /// How a source does.
    pub enum SourceState {
        /// It was switched off: whatever it sends is refused.
        Off => "off",
        /// It never sent anything.
        New => "new",
        /// It sends, and what it sends is used.
        Well => "well",
        /// It has been silent for longer than it may be in working hours.
        Silent => "silent",
        /// More of what it sends fails than should.
        Failing => "failing",
    }
}

/// One source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceView {
    /// Which.
    pub id: SourceId,
    /// Stable code.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Whether it may send.
    pub active: bool,
    /// The hospitals that it speaks for; empty: all.
    pub hospitals: Vec<HospitalChoice>,
    /// HL7 MSH-3, by which it is known where nobody shows a key (MLLP).
    pub sending_application: Option<String>,
    /// HL7 MSH-4, likewise.
    pub sending_facility: Option<String>,
    /// How many days the content of its messages is kept; none: for good.
    pub retention_days: Option<i32>,
    /// How many working minutes it may be silent; none: nobody minds.
    pub silence_minutes_max: Option<i32>,
    /// How much of what it sends in a day may fail, in percent; none: nobody minds.
    pub failure_percent_max: Option<i16>,
    /// For the next change.
    pub lock_version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// How it does.
    pub health: SourceHealth,
}

/// How a source does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceHealth {
    /// In a word.
    pub state: SourceState,
    /// When it sent last.
    pub last_received_at: Option<DateTime<Utc>>,
    /// Messages of the last 24 hours.
    pub received: i64,
    /// Of these, rejected or dead.
    pub failed: i64,
    /// Messages that wait for something, however old.
    pub parked: i64,
    /// Messages whose every attempt failed, however old.
    pub dead: i64,
}

/// All sources within reach, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceList {
    /// The sources.
    pub items: Vec<SourceView>,
    /// Hospitals that a source of the reader's may speak for.
    pub hospitals: Vec<HospitalChoice>,
    /// Whether the reader may make and change sources.
    pub may_write: bool,
    /// Whether the reader may make sources that speak for every hospital.
    pub may_write_all: bool,
}

/// Makes a source, or says anew what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SaveSource {
    /// Stable code: small Latin letters, digits, `-` and `_`; 2 to 40 characters. Does not change.
    pub code: String,
    /// What people call it, 1 to 100 characters.
    pub name: String,
    /// Whether it may send.
    pub active: bool,
    /// The hospitals that it speaks for; empty: all of them.
    #[serde(default)]
    pub hospital_ids: Vec<HospitalId>,
    /// HL7 MSH-3, by which it is known over MLLP.
    #[serde(default)]
    pub sending_application: Option<String>,
    /// HL7 MSH-4, likewise.
    #[serde(default)]
    pub sending_facility: Option<String>,
    /// How many days the content of its messages is kept, 1 to 3,650; none: for good.
    #[serde(default)]
    pub retention_days: Option<i32>,
    /// How many working minutes it may be silent, 5 to 10,080; none: nobody minds.
    #[serde(default)]
    pub silence_minutes_max: Option<i32>,
    /// How much of what it sends in a day may fail, in percent, 1 to 100; none: nobody minds.
    #[serde(default)]
    pub failure_percent_max: Option<i16>,
    /// The `lock_version` that was seen; none for a new source.
    #[serde(default)]
    pub lock_version: Option<i32>,
}

/// A source and its key, which is shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceKey {
    /// Which source.
    pub source_id: SourceId,
    /// The key, for the header `authorization: Api-Key …`.
    pub key: String,
}

/// How a source does, from what is counted.
///
/// Silence counts in working minutes. A rate of failures is judged from ten messages a day on: below that one
/// bad message would be an alarm.
pub fn state_of(
    active: bool,
    last_received_at: Option<DateTime<Utc>>,
    silent_working_minutes: i64,
    (received, failed): (i64, i64),
    (silence_minutes_max, failure_percent_max): (Option<i32>, Option<i16>),
) -> SourceState {
    /// Fewer messages than this have no rate.
    const RATED_FROM: i64 = 10;
    if !active {
        return SourceState::Off;
    }
    if last_received_at.is_none() {
        return SourceState::New;
    }
    let fails = failure_percent_max
        .is_some_and(|max| received >= RATED_FROM && failed * 100 > received * i64::from(max));
    let silent = silence_minutes_max.is_some_and(|max| silent_working_minutes > i64::from(max));
    if fails {
        SourceState::Failing
    } else if silent {
        SourceState::Silent
    } else {
        SourceState::Well
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(silent: i64, counts: (i64, i64)) -> SourceState {
        state_of(true, Some(DateTime::UNIX_EPOCH), silent, counts, (Some(30), Some(5)))
    }

    #[test]
    fn a_source_is_silent_only_beyond_its_working_minutes() {
        assert_eq!(state(30, (100, 0)), SourceState::Well);
        assert_eq!(state(31, (100, 0)), SourceState::Silent);
    }

    #[test]
    fn failures_count_as_a_rate_from_ten_messages_on() {
        assert_eq!(state(0, (100, 5)), SourceState::Well);
        assert_eq!(state(0, (100, 6)), SourceState::Failing);
        assert_eq!(state(0, (9, 9)), SourceState::Well);
    }

    #[test]
    fn who_was_switched_off_or_never_sent_alarms_nobody() {
        let limits = (Some(30), Some(5));
        assert_eq!(state_of(false, None, 999, (10, 10), limits), SourceState::Off);
        assert_eq!(state_of(true, None, 999, (0, 0), limits), SourceState::New);
    }
}
