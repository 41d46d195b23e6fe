//! What crosses the wire about journey templates.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Change, Finding, TemplateBody};
use crate::Bilingual;
use crate::ids::{HospitalId, JourneyTemplateId, SurveyTemplateId};
use crate::journeys::JourneyType;
use crate::organizations::HospitalChoice;

closed_enum! {
    /// Where a version of a template stands.
    pub enum TemplateState {
        /// It is being written.
        Draft => "draft",
        /// New journeys follow it.
        Published => "published",
        /// Journeys that began with it follow it to their end; new ones do not.
        Retired => "retired",
    }
}

/// One version of a template in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemplateRow {
    /// Which version.
    pub id: JourneyTemplateId,
    /// Whose; none means the whole group's.
    pub hospital_id: Option<HospitalId>,
    /// What that hospital is called.
    pub hospital: Option<Bilingual>,
    /// Which kind of encounter.
    pub journey_type: JourneyType,
    /// Its number among the versions of the same owner and type, from 1.
    pub version: i32,
    /// What people call it.
    pub name: Bilingual,
    /// Where it stands.
    pub state: TemplateState,
    /// How many stages it has.
    pub stages: i64,
    /// How many journeys follow it now.
    pub running: i64,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was retired.
    pub retired_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    pub updated_at: Option<DateTime<Utc>>,
}

/// All versions within reach, by type, owner and version, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemplateList {
    /// The versions.
    pub items: Vec<TemplateRow>,
    /// Hospitals for which the reader may write versions of their own.
    pub hospitals: Vec<HospitalChoice>,
    /// Whether the reader may write for the whole group.
    pub may_write_group: bool,
}

/// A survey that a stage may send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyChoice {
    /// The survey.
    pub id: SurveyTemplateId,
    /// What it is called.
    pub name: Bilingual,
    /// Which version it has now.
    pub version: i32,
}

/// One version of a template, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemplateDetail {
    /// What the list says of it.
    pub row: TemplateRow,
    /// What it says.
    pub body: TemplateBody,
    /// For the next change: whoever saw an older one is told.
    pub lock_version: i32,
    /// What is the matter with it.
    pub findings: Vec<Finding>,
    /// The published version that it would replace.
    pub replaces: Option<JourneyTemplateId>,
    /// How it differs from that.
    pub changes: Vec<Change>,
    /// The surveys that stages may send.
    pub surveys: Vec<SurveyChoice>,
    /// Whether the reader may change, publish or retire it.
    pub may_write: bool,
}

/// Begins a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateDraft {
    /// For which hospital; none for the whole group.
    #[serde(default)]
    pub hospital_id: Option<HospitalId>,
    /// For which kind of encounter.
    pub journey_type: JourneyType,
    /// The version that it begins as a copy of; none: what holds there now, or nothing.
    #[serde(default)]
    pub copy_of: Option<JourneyTemplateId>,
}

/// Writes a draft anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SaveDraft {
    /// The `lock_version` that was seen.
    pub lock_version: i32,
    /// What it says now.
    pub body: TemplateBody,
}

/// Publishes or retires a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SeenTemplate {
    /// The `lock_version` that was seen.
    pub lock_version: i32,
}

/// What publishing a draft would mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishPreview {
    /// How it differs from what it replaces.
    pub changes: Vec<Change>,
    /// What is the matter with it.
    pub findings: Vec<Finding>,
    /// Journeys that are under way and stay with the version that they began with, by hospital.
    pub running: Vec<RunningJourneys>,
    /// What the messages of the last days would have done.
    pub replay: DraftReplay,
}

/// Journeys of one hospital that are under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunningJourneys {
    /// The hospital.
    pub hospital: Bilingual,
    /// The version that they follow.
    pub version: i32,
    /// How many.
    pub journeys: i64,
}

/// The messages of the last days, lived through with what holds now and with the draft in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftReplay {
    /// How many days were looked at.
    pub days: u16,
    /// How many messages.
    pub messages: u64,
    /// Whether there were more than are looked at at once.
    pub cut: bool,
    /// What comes of them: how often as it is now, and how often with the draft.
    pub tallies: Vec<ReplayTally>,
}

closed_enum! {
    /// What of a replay is counted.
    pub enum TallyKind {
        /// Journeys that were opened.
        Journeys => "journeys",
        /// Completions of one stage.
        Stage => "stage",
        /// Surveys that patients would be asked to answer.
        Surveys => "surveys",
        /// Messages that did something.
        Effective => "effective",
        /// Messages without effect.
        Ignored => "ignored",
        /// Messages that wait for something.
        Parked => "parked",
    }
}

/// One count of a replay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReplayTally {
    /// What is counted.
    pub kind: TallyKind,
    /// Of which stage, by its code.
    pub stage: Option<String>,
    /// What that stage is called.
    pub name: Option<Bilingual>,
    /// How often, as it is now.
    pub before: u64,
    /// How often, with the draft.
    pub after: u64,
}
