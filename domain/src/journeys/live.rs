//! What crosses the wire about journeys: the board of who is where, and what happened to one visit.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{JourneyStatus, JourneyType, StageStatus};
use crate::Bilingual;
use crate::ids::{EventId, HospitalId, JourneyId, JourneyTemplateId, PatientId, StageId, SurveyId};
use crate::integrations::EventRow;
use crate::surveys::SurveyStatus;

/// The most patients that one column of the board shows; it counts all of them.
pub const BOARD_CARDS_MAX: i64 = 30;

/// Which board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoardFilter {
    /// Our code of the hospital; none: all within reach.
    #[serde(default)]
    pub hospital: Option<String>,
    /// Which kind of encounter; outpatients when absent.
    #[serde(default = "outpatients")]
    pub journey_type: JourneyType,
}

const fn outpatients() -> JourneyType {
    JourneyType::Opd
}

/// Who is where now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Board {
    /// The instant of all of it.
    pub as_of: DateTime<Utc>,
    /// Which kind of encounter.
    pub journey_type: JourneyType,
    /// Journeys under way.
    pub patients: i64,
    /// Of these, how many wait longer somewhere than they should.
    pub overdue: i64,
    /// The stages, in the order of the templates.
    pub columns: Vec<BoardColumn>,
}

/// One stage of the board. Versions of a template share the columns of the codes that they share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardColumn {
    /// The stage's code.
    pub code: String,
    /// What it is called.
    pub name: Bilingual,
    /// How long patients should wait at most, in minutes; the strictest, where versions differ.
    pub dwell_minutes_max: Option<i32>,
    /// How many patients are here.
    pub patients: i64,
    /// How many of them are overdue.
    pub overdue: i64,
    /// Those who wait longest, at most [`BOARD_CARDS_MAX`].
    pub cards: Vec<BoardCard>,
}

/// One patient in a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardCard {
    /// The journey.
    pub journey_id: JourneyId,
    /// The hospital's visit number.
    pub encounter_number: String,
    /// Who; masked for those who need no identity.
    pub patient: Bilingual,
    /// The hospital.
    pub hospital: Bilingual,
    /// Where the patient is, as far as it is known.
    pub department: Option<Bilingual>,
    /// Ward, room and bed, as the source writes them.
    pub location: Option<String>,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Whether that is longer than it should be.
    pub overdue: bool,
}

/// Which journeys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct JourneyFilter {
    /// Our code of the hospital.
    pub hospital: Option<String>,
    /// Which kind of encounter.
    pub journey_type: Option<JourneyType>,
    /// Where they stand.
    pub status: Option<JourneyStatus>,
    /// The hospital's visit number.
    pub encounter_number: Option<String>,
    /// Whose.
    pub patient_id: Option<PatientId>,
    /// Which version they follow.
    pub template_id: Option<JourneyTemplateId>,
    /// How many, 1 to 200.
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// One journey in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JourneyRow {
    /// Which.
    pub id: JourneyId,
    /// The hospital.
    pub hospital_id: HospitalId,
    /// What the hospital is called.
    pub hospital: Bilingual,
    /// Which kind of encounter.
    pub journey_type: JourneyType,
    /// What its template is called.
    pub template: Bilingual,
    /// Which version of the template it follows.
    pub template_id: JourneyTemplateId,
    /// The number of that version.
    pub version: i32,
    /// The hospital's visit number.
    pub encounter_number: String,
    /// Whose.
    pub patient_id: PatientId,
    /// Who; masked for those who need no identity.
    pub patient: Bilingual,
    /// Where it stands.
    pub status: JourneyStatus,
    /// The stage where the patient is, as long as it is under way.
    pub stage: Option<Bilingual>,
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// When the visit was over.
    pub ended_at: Option<DateTime<Utc>>,
}

/// One page of journeys, latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JourneyPage {
    /// The journeys.
    pub items: Vec<JourneyRow>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
}

/// One journey, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JourneyDetail {
    /// What the list says of it.
    pub row: JourneyRow,
    /// The instant of all of it.
    pub as_of: DateTime<Utc>,
    /// When it was cancelled.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// It ended because the visit went on as another type.
    pub went_on: bool,
    /// How the patient left: HL7 table 0112.
    pub disposition: Option<String>,
    /// Who attends.
    pub attending: Option<Bilingual>,
    /// Its stages, in order.
    pub stages: Vec<StageLine>,
    /// Where the patient was, in order.
    pub stays: Vec<StayLine>,
    /// The messages of the encounter, in the order in which things happened; at most 200.
    pub events: Vec<EventRow>,
    /// The other journeys of the same encounter.
    pub others: Vec<JourneyRow>,
}

/// One stage of a journey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StageLine {
    /// Which.
    pub id: StageId,
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: Bilingual,
    /// Which repetition, from 1.
    pub occurrence: i16,
    /// Whether it runs beside the stage before it.
    pub parallel: bool,
    /// Whether a visit may go without it.
    pub optional: bool,
    /// Where it stands.
    pub status: StageStatus,
    /// When the patient came to it.
    pub started_at: Option<DateTime<Utc>>,
    /// When it was done.
    pub completed_at: Option<DateTime<Utc>>,
    /// How long patients should wait at most, in minutes.
    pub dwell_minutes_max: Option<i32>,
    /// Whether this one waited, or waits, longer.
    pub overdue: bool,
    /// Where.
    pub department: Option<Bilingual>,
    /// By whom.
    pub physician: Option<Bilingual>,
    /// The message that completed it.
    pub event_id: Option<EventId>,
    /// The survey that it caused.
    pub survey: Option<SurveyLine>,
}

/// Where a patient was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StayLine {
    /// The department.
    pub department: Option<Bilingual>,
    /// Ward, room and bed, as the source writes them.
    pub location: Option<String>,
    /// From when.
    pub started_at: DateTime<Utc>,
    /// Until when.
    pub ended_at: Option<DateTime<Utc>>,
}

/// The survey of a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyLine {
    /// Which.
    pub id: SurveyId,
    /// Where it stands.
    pub status: SurveyStatus,
    /// When the invitation goes out, while it waits.
    pub due_at: Option<DateTime<Utc>>,
    /// When it left the house.
    pub sent_at: Option<DateTime<Utc>>,
    /// When it was answered.
    pub completed_at: Option<DateTime<Utc>>,
}
