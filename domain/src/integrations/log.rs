//! What crosses the wire about the log of messages.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{EventFormat, EventReason, EventStatus};
use crate::ids::{EventId, SourceId};

/// Which messages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EventFilter {
    /// Where they stand.
    pub status: Option<EventStatus>,
    /// Why they are parked or ignored.
    pub reason: Option<EventReason>,
    /// Whose they are.
    pub source_id: Option<SourceId>,
    /// Our code of the hospital.
    pub hospital: Option<String>,
    /// The visit number.
    pub encounter_id: Option<String>,
    /// What happened.
    pub event_code: Option<String>,
    /// How many, 1 to 200.
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// One message in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventRow {
    /// Our id.
    pub event_id: EventId,
    /// What its source is called.
    pub source: String,
    /// Our code of the hospital; none for what was rejected.
    pub hospital: Option<String>,
    /// The source's id.
    pub source_event_id: Option<String>,
    /// In which format it came.
    pub format: EventFormat,
    /// What happened.
    pub event_code: Option<String>,
    /// The visit number.
    pub encounter_id: Option<String>,
    /// When it happened.
    pub occurred_at: Option<DateTime<Utc>>,
    /// When we stored it.
    pub received_at: DateTime<Utc>,
    /// Where it stands.
    pub status: EventStatus,
    /// Why it is parked or ignored.
    pub reason: Option<EventReason>,
    /// The code that it waits for.
    pub waits_for: Option<String>,
    /// How often it was tried.
    pub attempts: i32,
}

/// One page of messages, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventPage {
    /// The messages.
    pub items: Vec<EventRow>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
}

/// Which messages run once more. At least one of them has to be said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ReplayEvents {
    /// Those that are parked or ignored for this reason.
    pub reason: Option<EventReason>,
    /// Those that are `parked`, `ignored` or `dead`.
    pub status: Option<EventStatus>,
    /// Those of this source.
    pub source_id: Option<SourceId>,
}

/// How many messages are in the inbox again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Replayed {
    /// How many.
    pub events: u64,
}
