//! Posters with a code that visitors of a place read with their phones. Nobody was invited, and nobody asks who they are.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::Bilingual;
use crate::accounts::QrPicture;
use crate::compact::instant;
use crate::ids::{DepartmentId, HospitalId, SurveyPosterId, SurveyTemplateId};
use crate::notifications::RuleSurvey;
use crate::organizations::HospitalChoice;

/// Makes a poster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MakeSurveyPoster {
    /// In which hospital it will hang.
    pub hospital_id: HospitalId,
    /// In which department; none is the whole hospital.
    #[serde(default)]
    pub department_id: Option<DepartmentId>,
    /// What it asks, always in the version that is published when somebody reads it.
    pub template_id: SurveyTemplateId,
}

/// One poster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyPoster {
    /// Which.
    pub id: SurveyPosterId,
    /// What it asks.
    pub template_id: SurveyTemplateId,
    /// What that is called.
    pub survey: Bilingual,
    /// Where it hangs.
    pub hospital: Bilingual,
    /// In which department; none is the whole hospital.
    pub department: Option<Bilingual>,
    /// Who made it.
    pub made_by: Bilingual,
    /// When.
    #[serde(with = "instant")]
    pub made_at: DateTime<Utc>,
    /// How many began to answer.
    pub begun: i64,
    /// How many came to the end.
    pub completed: i64,
    /// Whether the reader may stop it.
    pub may_stop: bool,
}

/// The posters within reach, and what one more could be about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyPosterList {
    /// Those that ask, the latest first.
    pub items: Vec<SurveyPoster>,
    /// Hospitals for which the reader may make one.
    pub hospitals: Vec<HospitalChoice>,
    /// Their departments.
    pub departments: Vec<PosterDepartment>,
    /// Surveys that can be asked.
    pub surveys: Vec<RuleSurvey>,
}

/// A department to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PosterDepartment {
    /// Which.
    pub id: DepartmentId,
    /// Of which hospital.
    pub hospital_id: HospitalId,
    /// What it is called.
    pub name: Bilingual,
}

/// One poster as it is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyPosterSheet {
    /// The poster.
    pub poster: SurveyPoster,
    /// Where its code leads, for whoever types.
    pub address: String,
    /// The code.
    pub picture: QrPicture,
}

/// What whoever read a poster's code sees before they begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PosterFace {
    /// Who asks.
    pub hospital: Bilingual,
    /// The number to call for help with it, where the hospital has one.
    pub help_phone: Option<String>,
    /// Which department.
    pub department: Option<Bilingual>,
    /// What the survey is called.
    pub title: Bilingual,
    /// Why it is asked.
    pub introduction: Bilingual,
    /// Whether a question asks for something that tells who answers: then nobody is promised that it stays unknown.
    pub asks_who: bool,
}
