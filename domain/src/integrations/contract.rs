//! What crosses the wire about events.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::contact::{EmailAddress, NationalId, PhoneNumber};
use crate::ids::{EventId, JourneyId, StageId, SurveyId};
use crate::journeys::PatientClass;
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
/// The longest word for what somebody is to a patient, in characters.
pub const RELATION_CHARS_MAX: usize = 60;

/// A message that makes sense by itself, whatever format it came in. Whether its codes are known is another
/// question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventMessage {
    /// The source's own id of the message: what makes it idempotent.
    pub source_event_id: String,
    /// HL7 MSH-4: ids are unique within one. Empty where they are unique by themselves.
    pub facility: String,
    /// What happened, for example `OPD_CONSULTED` or `A04`.
    pub event_code: String,
    /// When it happened: what orders events.
    pub occurred_at: DateTime<Utc>,
    /// The hospital's visit number; a message about a person alone has none.
    pub encounter_id: Option<String>,
    /// The source's code of the hospital.
    pub hospital: String,
    /// What happened, step by step; a snapshot of a visit tells several.
    pub told: Vec<Told>,
    /// Whose visit it is.
    pub patient: PatientMessage,
    /// Record numbers that turned out to be the same patient's (HL7 A40).
    pub prior_mrns: Vec<String>,
    /// Whether consent was given or withdrawn.
    pub consent: Option<bool>,
    /// Whether the patient has died.
    pub deceased: Option<bool>,
    /// What could not be used and was left out.
    pub warnings: Vec<FieldFault>,
}

/// One thing that happened, in the source's own codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub code: String,
    /// What kind of patient.
    pub class: Option<PatientClass>,
    /// The source's code of the department.
    pub department: Option<String>,
    /// The physician's licence number, or the source's code of them.
    pub physician: Option<String>,
    /// Ward, room and bed.
    pub location: Option<String>,
    /// How the patient left.
    pub disposition: Option<String>,
    /// The fields that somebody's conditions look at.
    pub fields: BTreeMap<String, String>,
}

/// The patient of a message. Absent means "no change", not "delete".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PatientMessage {
    /// The record number in this hospital.
    pub mrn: String,
    /// National id or iqama.
    pub national_id: Option<NationalId>,
    /// The name in both scripts.
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
    /// Who answers for the patient as long as they are a child.
    pub guardian: Option<Guardian>,
    /// What the source says is not so any more (HL7 `""`).
    pub erased: BTreeSet<Erased>,
}

/// Who answers for a child.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guardian {
    /// The name, in whichever script it is said.
    pub name: String,
    /// What they are to the child, in one word: `mother`.
    pub relation: Option<String>,
    /// The mobile phone.
    pub mobile: Option<PhoneNumber>,
}

closed_enum! {
    /// What a source may take back of a patient.
    pub enum Erased {
        /// The national id.
        NationalId => "national_id",
        /// The mobile phone.
        Mobile => "mobile",
        /// The mail address.
        Email => "email",
        /// The day of birth.
        BirthDate => "birth_date",
    }
}

closed_enum! {
    /// The format of a message.
    pub enum EventFormat {
        /// Our own JSON.
        Json => "json",
        /// HL7 v2, ER7.
        Hl7v2 => "hl7v2",
        /// FHIR R4 or R5, JSON.
        Fhir => "fhir",
    }
}

closed_enum! {
    /// What a source's code may stand for.
    pub enum CodeKind {
        /// One of our hospitals.
        Hospital => "hospital",
        /// One of our departments.
        Department => "department",
        /// One of our physicians.
        Physician => "physician",
        /// A code that templates know.
        Event => "event",
    }
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
        /// The visit was cancelled.
        VisitCancelled => "visit_cancelled",
        /// There is no discharge, or no transfer, to take back.
        NothingToUndo => "nothing_to_undo",
        /// Templates know the code, but no rule is met.
        NoRuleApplies => "no_rule_applies",
        /// Another message said the same of the same instant.
        SaidBefore => "said_before",
        /// A mapping says that nothing is meant by its code.
        LeftOut => "left_out",
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
    /// The stage that it moved: completed, unless a rule says otherwise.
    pub stage_id: Option<StageId>,
    /// That stage's code.
    pub stage: Option<String>,
    /// Whether it ended the visit.
    pub ended_visit: bool,
    /// The survey that it caused.
    pub survey_id: Option<SurveyId>,
    /// Whether it took the end of the visit back.
    #[serde(default)]
    pub reopened_visit: bool,
    /// Whether it cancelled the visit.
    #[serde(default)]
    pub cancelled_visit: bool,
    /// Whether it moved the patient, or took a move back.
    #[serde(default)]
    pub moved: bool,
    /// How many records it merged into the patient's.
    #[serde(default)]
    pub merged_records: u16,
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
    /// In which format it came.
    pub format: EventFormat,
    /// What of it could not be used and was left out.
    pub warnings: Vec<FieldFault>,
    /// How often it was tried.
    pub attempts: i32,
    /// The last error.
    pub error: Option<String>,
    /// What it did.
    pub effects: EventEffects,
    /// What kind of code it waits for.
    pub waits_for_kind: Option<CodeKind>,
    /// The code that it waits for.
    pub waits_for: Option<String>,
    /// When its content was forgotten.
    pub culled_at: Option<DateTime<Utc>>,
    /// When other content came under its id.
    pub conflicting_payload_at: Option<DateTime<Utc>>,
    /// How often somebody had it run once more, latest first.
    pub replays: Vec<EventReplay>,
}

/// That somebody had a message run once more, and how it stood before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventReplay {
    /// What all messages that were run again together have in common.
    pub batch_id: uuid::Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom: whoever ran it again, or said what the code means that it waited for.
    pub by: Option<Bilingual>,
    /// How it stood before.
    pub status: EventStatus,
    /// Why.
    pub reason: Option<EventReason>,
    /// The error before.
    pub error: Option<String>,
}

/// The content of a message, as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RawEventView {
    /// In which format.
    pub format: EventFormat,
    /// The content; none when it was forgotten.
    pub payload: Option<String>,
}
