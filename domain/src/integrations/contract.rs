//! What crosses the wire about events.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::contact::{EmailAddress, NationalId, PhoneNumber};
use crate::ids::{EventId, JourneyId, StageId, SurveyId};
use crate::organizations::Sex;
use crate::{Bilingual, FieldFault, Locale};

/// The most bytes that one request may carry.
pub const REQUEST_BYTES_MAX: usize = 4 * 1024 * 1024;
/// The most events that one request may carry.
pub const EVENTS_MAX: usize = 1_000;
/// The longest code, number or id of a message, in characters.
pub const CODE_CHARS_MAX: usize = 100;
/// The longest name of a message, in characters.
pub const NAME_CHARS_MAX: usize = 200;

/// A message that makes sense by itself. Whether its codes are known is another question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventMessage {
    /// The source's own id of the message: what makes it idempotent.
    pub source_event_id: String,
    /// What happened, for example `OPD_CONSULTED` or `A04`.
    pub event_code: String,
    /// When it happened: what orders events.
    pub occurred_at: DateTime<Utc>,
    /// The hospital's visit number.
    pub encounter_id: String,
    /// Our code of the hospital.
    pub hospital: String,
    /// Our code of the department.
    pub department: Option<String>,
    /// The physician's licence number.
    pub physician: Option<String>,
    /// Whose visit it is.
    pub patient: PatientMessage,
    /// What else the source says: `consent` (bool), `deceased` (bool).
    pub consent: Option<bool>,
    /// Whether the patient has died.
    pub deceased: Option<bool>,
}

/// The patient of a message. Absent means "no change", not "delete".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatientMessage {
    /// The record number in this hospital.
    pub mrn: String,
    /// National id or iqama.
    pub national_id: Option<NationalId>,
    /// The name in both scripts; at least one is given.
    pub name: Bilingual,
    /// The mobile phone.
    pub mobile: Option<PhoneNumber>,
    /// The mail address.
    pub email: Option<EmailAddress>,
    /// The language to write in.
    pub language: Option<Locale>,
    /// The day of birth.
    pub birth_date: Option<NaiveDate>,
    /// The sex.
    pub sex: Option<Sex>,
}

/// The answer to a request with events: one item for each, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventReceipt {
    /// One item for each event of the request, in its order.
    pub items: Vec<EventReceiptItem>,
}

/// What became of one event of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventReceiptItem {
    /// The source's id, where it could be read.
    pub source_event_id: Option<String>,
    /// Our id of the stored message; of the first one, for a duplicate.
    pub event_id: Option<EventId>,
    /// What became of it.
    pub status: ReceiptStatus,
    /// Why it was rejected; for a duplicate, `payload_differs` when it is not the same message.
    pub errors: Vec<FieldFault>,
}

closed_enum! {
    /// What became of one event of a request.
    pub enum ReceiptStatus {
        /// Stored; it will be applied.
        Accepted => "accepted",
        /// Known already; nothing was changed.
        Duplicate => "duplicate",
        /// Stored for the record only; mend it and send it again under the same id.
        Rejected => "rejected",
    }
}

closed_enum! {
    /// Where a stored event stands.
    pub enum EventStatus {
        /// Waits to be applied.
        Received => "received",
        /// Applied.
        Processed => "processed",
        /// Known to be without effect, for example a stage that was complete already.
        Ignored => "ignored",
        /// Waits for something: a mapping, or the event that opens its journey.
        Parked => "parked",
        /// Every attempt failed; somebody has to look.
        Dead => "dead",
        /// Never acceptable as it is.
        Rejected => "rejected",
    }
}

closed_enum! {
    /// Why an event is parked or ignored.
    pub enum EventReason {
        /// No journey is known for the encounter, and this event does not open one.
        UnknownEncounter => "unknown_encounter",
        /// No template knows the code.
        UnknownEventCode => "unknown_event_code",
        /// The hospital has no such department.
        UnknownDepartment => "unknown_department",
        /// Nobody has this licence.
        UnknownPhysician => "unknown_physician",
        /// The stage needs a department and the message names none.
        MissingDepartment => "missing_department",
        /// The stage needs a physician and the message names none.
        MissingPhysician => "missing_physician",
        /// The stage was complete already.
        StageAlreadyCompleted => "stage_already_completed",
        /// The visit was over already.
        VisitAlreadyEnded => "visit_already_ended",
    }
}

/// What one event did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventEffects {
    /// The journey that it belongs to.
    pub journey_id: Option<JourneyId>,
    /// Whether it opened that journey.
    pub opened_journey: bool,
    /// The stage that it completed.
    pub stage_id: Option<StageId>,
    /// That stage's code.
    pub stage: Option<String>,
    /// Whether it ended the visit.
    pub ended_visit: bool,
    /// The survey that it caused.
    pub survey_id: Option<SurveyId>,
}

/// One stored event and what it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventView {
    /// Our id.
    pub event_id: EventId,
    /// The source's id.
    pub source_event_id: Option<String>,
    /// What happened.
    pub event_code: Option<String>,
    /// The hospital's visit number.
    pub encounter_id: Option<String>,
    /// When it happened.
    pub occurred_at: Option<DateTime<Utc>>,
    /// When we stored it.
    pub received_at: DateTime<Utc>,
    /// Where it stands.
    pub status: EventStatus,
    /// Why it is parked or ignored.
    pub reason: Option<EventReason>,
    /// How often it was tried.
    pub attempts: i32,
    /// The last error.
    pub error: Option<String>,
    /// What it did.
    pub effects: EventEffects,
}
