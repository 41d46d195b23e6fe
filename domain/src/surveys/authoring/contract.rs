//! What crosses the wire about survey templates.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::super::{SurveyContent, SurveyFinding};
use super::{MessageSample, SurveyChange};
use crate::Bilingual;
use crate::compact::instant_option;
use crate::ids::{HospitalId, SurveyTemplateId, SurveyVersionId};
use crate::organizations::HospitalChoice;

closed_enum! {
    /// Where a version of a survey stands.
    pub enum VersionState {
        /// It is being written.
        Draft => "draft",
        /// New invitations ask it.
        Current => "current",
        /// Another version took its place. Whoever was invited to it still answers it.
        Earlier => "earlier",
    }
}

/// One survey template in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyTemplateRow {
    /// Which template.
    pub id: SurveyTemplateId,
    /// Whose; none means the whole group's.
    pub hospital_id: Option<HospitalId>,
    /// What that hospital is called.
    pub hospital: Option<Bilingual>,
    /// Stable code: what other systems and exports call it.
    pub code: String,
    /// The title of the current version; of the draft, as long as nothing is published.
    pub name: Bilingual,
    /// The number of the current version, from 1.
    pub current: Option<i32>,
    /// When that was published.
    #[serde(with = "instant_option")]
    pub published_at: Option<DateTime<Utc>>,
    /// Whether a new version is being written.
    pub drafted: bool,
    /// How many questions it has.
    pub questions: i64,
    /// How many stages of current journey templates send it.
    pub stages: i64,
    /// How many surveys of it were completed in the last 30 days, within reach.
    pub completed: i64,
    /// When it was retired.
    #[serde(with = "instant_option")]
    pub retired_at: Option<DateTime<Utc>>,
}

/// All survey templates within reach, by code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyTemplateList {
    /// The templates.
    pub items: Vec<SurveyTemplateRow>,
    /// Hospitals for which the reader may write surveys of their own.
    pub hospitals: Vec<HospitalChoice>,
    /// Whether the reader may write for the whole group.
    pub may_write_group: bool,
}

/// One version of a survey template in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyVersionRow {
    /// Which version.
    pub id: SurveyVersionId,
    /// Its number, from 1. A draft has the number that it would be published under.
    pub number: i32,
    /// Where it stands.
    pub state: VersionState,
    /// When it was published.
    #[serde(with = "instant_option")]
    pub published_at: Option<DateTime<Utc>>,
    /// Who published it, or wrote the draft last; none of what came with the system.
    pub by: Option<Bilingual>,
    /// How many surveys of it were completed, within reach.
    pub completed: i64,
}

/// One version of a survey template, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyTemplateDetail {
    /// What the list says of the template.
    pub row: SurveyTemplateRow,
    /// All versions, newest first.
    pub versions: Vec<SurveyVersionRow>,
    /// The one that is shown.
    pub version: SurveyVersionRow,
    /// What it says.
    pub content: SurveyContent,
    /// For the next change of a draft: whoever saw an older one is told.
    pub lock_version: i32,
    /// What is the matter with it.
    pub findings: Vec<SurveyFinding>,
    /// The number of the published version before it.
    pub compared_with: Option<i32>,
    /// How it differs from that.
    pub changes: Vec<SurveyChange>,
    /// Whether the reader may change, publish or retire it.
    pub may_write: bool,
    /// How an invitation to it reaches a patient.
    pub message: MessageSample,
}

/// Begins a survey template with its first draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateSurveyTemplate {
    /// For which hospital; none for the whole group.
    #[serde(default)]
    pub hospital_id: Option<HospitalId>,
    /// Its title.
    pub title: Bilingual,
    /// The template whose questions it begins with; none: no question.
    #[serde(default)]
    pub copy_of: Option<SurveyTemplateId>,
}

/// Writes a draft anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SaveSurveyDraft {
    /// The `lock_version` that was seen.
    pub lock_version: i32,
    /// What it says now.
    pub content: SurveyContent,
}

/// Publishes a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SeenSurveyDraft {
    /// The `lock_version` that was seen.
    pub lock_version: i32,
}

/// One question that surveys ask, across all of them: what measures are followed by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyQuestionRow {
    /// The template that asks it.
    pub template_id: SurveyTemplateId,
    /// The code of that template.
    pub template_code: String,
    /// The current version's number.
    pub version: i32,
    /// Its place, from 1.
    pub place: i64,
    /// The question.
    pub question: super::super::Question,
}

/// Every question of the current versions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyQuestionList {
    /// The questions, by template and place.
    pub items: Vec<SurveyQuestionRow>,
}
