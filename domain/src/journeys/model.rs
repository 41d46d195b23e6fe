//! The closed words about journeys, and the shape of a template.

use crate::Bilingual;
use crate::ids::{JourneyTemplateId, StageTemplateId, SurveyVersionId};

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
        /// The visit was cancelled.
        Cancelled => "cancelled",
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
    /// Event codes that complete it.
    pub event_codes: Vec<String>,
    /// Whether its event opens a journey for an encounter that is not known yet.
    pub opens_journey: bool,
    /// Whether its event must name a department.
    pub needs_department: bool,
    /// Whether its event must name a physician.
    pub needs_physician: bool,
    /// The survey that its completion sends, if any.
    pub survey_version_id: Option<SurveyVersionId>,
    /// How long after the completion the invitation goes out, in minutes.
    pub survey_delay_minutes: i32,
}
