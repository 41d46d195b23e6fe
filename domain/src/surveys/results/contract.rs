//! What crosses the wire about results.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::super::AnswerMode;
use super::super::authoring::QuestionType;
use crate::compact::instant;
use crate::ids::SurveyTemplateId;
use crate::notifications::SuppressionReason;
use crate::organizations::HospitalChoice;
use crate::{Bilingual, Locale};

/// The longest period that is looked at, in days.
pub const RESULT_DAYS_MAX: u16 = 730;
/// The most comments of one page.
pub const COMMENTS_MAX: usize = 50;

/// Which answers are looked at: of surveys that were made in a period that ends today.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultFilter {
    /// How many days back from today, 1 to 730; 90 when absent.
    #[serde(default)]
    pub days: Option<u16>,
    /// One version by its number; all of them when absent.
    #[serde(default)]
    pub version: Option<i32>,
    /// The code of a hospital; all within reach when absent.
    #[serde(default)]
    pub hospital: Option<String>,
    /// The language in which it was answered; both when absent.
    #[serde(default)]
    pub language: Option<Locale>,
    /// How answers reached us; every way when absent.
    #[serde(default)]
    pub mode: Option<AnswerMode>,
}

/// What came back of one survey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyResults {
    /// Which template.
    pub template_id: SurveyTemplateId,
    /// What it is called now.
    pub name: Bilingual,
    /// Its published versions by number, the latest first.
    pub versions: Vec<i32>,
    /// The hospitals within reach.
    pub hospitals: Vec<HospitalChoice>,
    /// How many days are looked at.
    pub days: u16,
    /// How invitations became answers.
    pub funnel: SurveyFunnel,
    /// How long completed surveys took, the middle one, in seconds; none without any.
    pub seconds: Option<i64>,
    /// How full each quota is, over all versions and places.
    pub quotas: Vec<QuotaStanding>,
    /// What was answered, question by question.
    pub answers: Vec<AnswerResult>,
    /// What patients wrote, the latest first.
    pub comments: Vec<Comment>,
    /// Whether there are more comments than these.
    pub more_comments: bool,
}

/// How invitations became answers. Each step is a part of the one before it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyFunnel {
    /// Surveys that stages asked for.
    pub created: i64,
    /// Invitations that were not sent, by the rule that stopped them.
    pub suppressed: Vec<SuppressedCount>,
    /// Visits that were cancelled afterwards.
    pub reversed: i64,
    /// Invitations that wait for their time.
    pub waiting: i64,
    /// Invitations that left the house.
    pub sent: i64,
    /// Invitations of which the provider said that they arrived; not every provider says so.
    pub delivered: i64,
    /// Invitations that a person looked at. The patient's page says so at the first touch, key or scroll, or with the
    /// first answer: programs that open links in mails do neither.
    pub opened: i64,
    /// Patients who answered at least one question.
    pub started: i64,
    /// Patients who handed it in.
    pub completed: i64,
    /// Patients whose survey a quota ended: enough others had answered.
    pub screened_out: i64,
    /// Invitations whose time ran out before that.
    pub expired: i64,
}

/// How full one quota is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuotaStanding {
    /// What staff call it.
    pub name: Bilingual,
    /// How many it counted.
    pub counted: u32,
    /// How many it wants.
    pub at_most: u32,
}

/// Invitations that one rule stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SuppressedCount {
    /// The rule.
    pub reason: SuppressionReason,
    /// How many.
    pub count: i64,
}

closed_enum! {
    /// What a figure of answers says.
    pub enum FigureKind {
        /// The share of the best answers, in percent.
        TopBox => "top_box",
        /// The share of 4 and 5 on a scale of 5, in percent.
        Csat => "csat",
        /// The share of 5 and more on a scale of 7, in percent.
        Ces => "ces",
        /// The Net Promoter Score, −100 to 100.
        Nps => "nps",
        /// The mean, on the scale of the question.
        Mean => "mean",
    }
}

/// One figure and how far it can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figure {
    /// What it says.
    pub kind: FigureKind,
    /// How many answers it counts.
    pub n: u32,
    /// The figure.
    pub value: f64,
    /// The lower end of its 95 % interval, where it has one.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

/// How often one answer was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bar {
    /// The answer: a number, or the key of a choice, or `yes` and `no`.
    pub value: String,
    /// What it is called, where it has a name.
    pub label: Option<Bilingual>,
    /// How often.
    pub count: u32,
    /// Whether it is one of the best answers.
    pub top: bool,
}

/// What was answered under one key: to a question, or to one row of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerResult {
    /// The key.
    pub key: String,
    /// The place of the question, from 1.
    pub place: usize,
    /// Which kind of question it is.
    pub kind: QuestionType,
    /// What was asked.
    pub question: Bilingual,
    /// Which row of it, where it has rows.
    pub row: Option<Bilingual>,
    /// How many answered, "does not apply" not counted.
    pub answered: u32,
    /// How many said that it does not apply to them.
    pub not_applicable: u32,
    /// How often each answer was given; of a ranking, how often each choice came first.
    pub bars: Vec<Bar>,
    /// What the answers come to.
    pub figures: Vec<Figure>,
    /// How many answered this last and did not go on to the end.
    pub left_here: u32,
    /// How long it took, the middle one, in seconds, 1 to 600; none where nobody answered it by itself.
    pub seconds: Option<u32>,
}

/// What a patient wrote; without what tells who they are, for whoever may not know that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comment {
    /// To which question.
    pub question: Bilingual,
    /// The words.
    pub words: String,
    /// Where the visit was.
    pub hospital: Bilingual,
    /// In which department.
    pub department: Option<Bilingual>,
    /// The likelihood to recommend that stands beside it, 0 to 10.
    pub nps: Option<i16>,
    /// When the survey was handed in.
    #[serde(with = "instant")]
    pub at: DateTime<Utc>,
}
