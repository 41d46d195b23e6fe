//! Surveys one by one, as whoever looks after them sees them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{SurveyFile, SurveyStatus};
use crate::accounts::QrPicture;
use crate::compact::{instant, instant_option};
use crate::ids::{PatientId, SurveyId, SurveyTemplateId};
use crate::{Bilingual, Locale};

closed_enum! {
    /// How answers reached us. Answers differ with it: people are kinder to a voice than to a page.
    pub enum AnswerMode {
        /// The patient, by the link.
        Link => "link",
        /// A member of staff, who reads the questions out on the phone.
        Phone => "phone",
        /// The patient, on a device of the hospital.
        Kiosk => "kiosk",
        /// A member of staff, from a sheet of paper.
        Paper => "paper",
        /// A visitor, who read the code of a poster: nobody knows who.
        Poster => "poster",
    }
}

/// Which surveys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SurveyInstanceFilter {
    /// Our code of the hospital.
    pub hospital: Option<String>,
    /// Of one template.
    pub template_id: Option<SurveyTemplateId>,
    /// Where they stand.
    pub status: Option<SurveyStatus>,
    /// How answers reached us.
    pub mode: Option<AnswerMode>,
    /// Of one patient: for whoever may see patients.
    pub patient_id: Option<PatientId>,
    /// How many, 1 to 200.
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// One survey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyInstance {
    /// Which.
    pub id: SurveyId,
    /// Of which template.
    pub template_id: SurveyTemplateId,
    /// What it is called.
    pub survey: Bilingual,
    /// Which version of it.
    pub version: i32,
    /// Whose patient.
    pub hospital: Bilingual,
    /// Where it happened.
    pub department: Option<Bilingual>,
    /// About which stage; none of a poster's.
    pub stage: Option<Bilingual>,
    /// Who was asked: for whoever may see this patient; none of a poster's.
    pub patient_id: Option<PatientId>,
    /// Where it stands.
    pub status: SurveyStatus,
    /// In which language.
    pub language: Locale,
    /// How answers reached us.
    pub mode: AnswerMode,
    /// The answer to the NPS question, 0 to 10.
    pub nps: Option<u8>,
    /// The score of the whole survey in hundredths of a percent, 0 to 10,000.
    pub score: Option<u16>,
    /// When it was made.
    #[serde(with = "instant")]
    pub created_at: DateTime<Utc>,
    /// When its invitation left the house.
    #[serde(with = "instant_option")]
    pub sent_at: Option<DateTime<Utc>>,
    /// When the first answer came.
    #[serde(with = "instant_option")]
    pub started_at: Option<DateTime<Utc>>,
    /// When it was handed in.
    #[serde(with = "instant_option")]
    pub completed_at: Option<DateTime<Utc>>,
    /// Until when answers are taken.
    #[serde(with = "instant")]
    pub expires_at: DateTime<Utc>,
    /// Whether the reader may enter answers for the patient now.
    pub may_enter: bool,
}

/// One page of surveys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyInstancePage {
    /// The surveys, the latest first.
    pub items: Vec<SurveyInstance>,
    /// Give back as `cursor` for the next page.
    pub next_cursor: Option<String>,
}

/// What was answered to one question, in the words that the patient saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum GivenAnswer {
    /// A number of a scale, and the most that it takes.
    Number(u8, u8),
    /// Names of what was chosen, in the order in which it was.
    Chosen(Vec<Bilingual>),
    /// Yes or no.
    YesNo(bool),
    /// Words; without what tells who wrote them, for readers who must not know.
    Words(String),
    /// A file, for readers who may know whose it is.
    File(SurveyFile),
    /// That it does not apply.
    NotApplicable,
}

/// One question of a survey, with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GivenQuestion {
    /// The key of the answer: `nps`, `nursing.kindness`.
    pub key: String,
    /// What was asked.
    pub question: Bilingual,
    /// Of which row, in a matrix.
    pub row: Option<Bilingual>,
    /// What was answered; none where nothing was.
    pub answer: Option<GivenAnswer>,
}

/// One survey with everything that was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyResponse {
    /// The survey.
    pub survey: SurveyInstance,
    /// The day from which the words about privacy stood that were shown to whoever answered; unknown of anonymous answers.
    pub privacy_notice: Option<NaiveDate>,
    /// Its questions, in their order, as far as the patient's way led to them or they have an answer.
    pub answers: Vec<GivenQuestion>,
}

/// Begins to enter a patient's answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BeginEntry {
    /// How the answers reach us; not `link` or `poster`, which need nobody.
    pub mode: AnswerMode,
}

/// Where to enter them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyEntry {
    /// The path of the patient's own page.
    pub path: String,
    /// Its whole address as a picture, for the device that is handed to the patient: nobody hands over a browser in
    /// which staff are signed in.
    pub picture: Option<QrPicture>,
}
