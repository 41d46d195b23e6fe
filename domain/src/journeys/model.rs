//! The closed words about journeys, and the shape of a template.

use super::Trigger;
use crate::Bilingual;
use crate::ids::{JourneyTemplateId, StageTemplateId, SurveyTemplateId};

closed_enum! {
    /// Which kind of encounter a journey follows.
    pub enum JourneyType {
        /// Emergency medical service.
        Ems => "ems",
        /// A stay in a bed.
        Inpatient => "inpatient",
        /// An outpatient visit.
        Opd => "opd",
    }
}

closed_enum! {
    /// Where a journey stands.
    pub enum JourneyStatus {
        /// The patient is in the house.
        Active => "active",
        /// The visit is over.
        Completed => "completed",
        /// The visit was cancelled.
        Cancelled => "cancelled",
    }
}

closed_enum! {
    /// Where a stage stands.
    pub enum StageStatus {
        /// Not reached.
        Pending => "pending",
        /// The patient is here, or on the way here.
        Active => "active",
        /// Done.
        Completed => "completed",
        /// The visit went on without it.
        Skipped => "skipped",
        /// The visit, or this stage of it, was cancelled.
        Cancelled => "cancelled",
        /// It was done, and then the visit was cancelled.
        Reversed => "reversed",
    }
}

closed_enum! {
    /// Whom a stage's survey is about.
    pub enum Attribution {
        /// Whoever the message that completed the stage names; nobody named, whoever attended then.
        Stage => "stage",
        /// Whoever attended the patient last, whatever the stage.
        Attending => "attending",
        /// Nobody: only the place.
        Place => "place",
    }
}

/// A published template: what should happen, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JourneyTemplate {
    /// Which version.
    pub id: JourneyTemplateId,
    /// Which kind of encounter.
    pub journey_type: JourneyType,
    /// Event codes that end the visit, for example `A03`.
    pub closing_codes: Vec<String>,
    /// The stages, in order.
    pub stages: Vec<StageTemplate>,
}

/// One stage of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageTemplate {
    /// Which.
    pub id: StageTemplateId,
    /// Stable code, for example `consultation`.
    pub code: String,
    /// What people read.
    pub name: Bilingual,
    /// The place in the order, from 1.
    pub position: i16,
    /// Whether it runs beside the stage before it, in whatever order.
    pub parallel: bool,
    /// Whether a visit may go without it.
    pub optional: bool,
    /// Whether it may happen several times in one visit.
    pub repeatable: bool,
    /// What moves it.
    pub triggers: Vec<Trigger>,
    /// Whether its start or completion opens a journey for an encounter that is not known yet.
    pub opens_journey: bool,
    /// Whether its event must name a department.
    pub needs_department: bool,
    /// Whether its event must name a physician.
    pub needs_physician: bool,
    /// A stage that took less was hardly one, in minutes.
    pub dwell_minutes_min: Option<i32>,
    /// A patient who waits longer is overdue, in minutes.
    pub dwell_minutes_max: Option<i32>,
    /// Whom its survey is about.
    pub attribution: Attribution,
    /// The survey that its completion sends, if any.
    pub survey_template_id: Option<SurveyTemplateId>,
    /// How long after the completion the invitation goes out, in minutes.
    pub survey_delay_minutes: i32,
}
