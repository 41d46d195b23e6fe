//! What crosses the wire about surveys.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::logic::{Facts, Path, path};
use super::{Question, SurveyContent, SurveyFile};
use crate::dates::HijriDate;
use crate::ids::SurveyId;
use crate::notifications::{Channel, PreferredTime};
use crate::{Bilingual, Locale};

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A number of a scale.
    Number(u8),
    /// A yes or a no.
    YesNo(bool),
    /// The key of a choice, a day (`2026-11-23`), the id of a file, or free text.
    Words(String),
    /// The keys of several choices; of a ranking, the first one first.
    Choices(Vec<String>),
    /// "Does not apply to me".
    NotApplicable,
}

/// An answer as people and other systems write it: the value alone.
#[derive(Serialize, Deserialize)]
#[serde(untagged, remote = "Answer")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Answer))]
pub(crate) enum Bare {
    /// A number of a scale.
    Number(u8),
    /// A yes or a no.
    YesNo(bool),
    /// The key of a choice, a day (`2026-11-23`), the id of a file, or free text.
    Words(String),
    /// The keys of several choices; of a ranking, the first one first.
    Choices(Vec<String>),
    /// Does not apply: `null`.
    NotApplicable,
}

/// An answer as our own pages read it: the compact form does not tell values apart by themselves.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Answer")]
enum Named {
    Number(u8),
    YesNo(bool),
    Words(String),
    Choices(Vec<String>),
    NotApplicable,
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() { Bare::serialize(self, to) } else { Named::serialize(self, to) }
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        if from.is_human_readable() { Bare::deserialize(from) } else { Named::deserialize(from) }
    }
}

/// Answers by key: a question's, or `question.row` where it has several.
pub type Answers = BTreeMap<String, Answer>;

/// The patient hands in one page, or only switches the language on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerPage {
    /// Which page, from 1.
    pub page: u8,
    /// The page's answers. Questions that are absent lose a stored answer.
    pub answers: Answers,
    /// The language that the page was answered in.
    pub language: Locale,
    /// False when the patient only switches the language or goes back: nothing is demanded then.
    pub hand_in: bool,
}

/// What came of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerPageOutcome {
    /// Stored; this page is next.
    Next(u8),
    /// Stored; all answers are looked through once more before they are handed in.
    Review,
    /// Stored, and the survey is complete.
    Completed,
    /// Stored, and a quota ended the survey: enough others had answered.
    ScreenedOut,
    /// It had been completed before; nothing was changed.
    AlreadyCompleted,
}

/// All answers at once: what scripts and kiosks post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubmitSurvey {
    /// The language of the answers; the invitation's when absent.
    pub language: Option<Locale>,
    /// Answers by question key.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, Bare>))]
    pub answers: Answers,
}

/// What a submission led to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubmitReceipt {
    /// `completed`, `already_completed` when somebody was first, or `screened_out` when enough others had answered.
    pub status: String,
    /// Which survey.
    pub survey_id: SurveyId,
}

/// What the patient's page needs to show a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSurvey {
    /// Which survey.
    pub id: SurveyId,
    /// The immutable content.
    pub content: std::sync::Arc<SurveyContent>,
    /// The version's id as text: what rendered pages are cached by.
    pub version: String,
    /// The hospital that asks.
    pub hospital: Bilingual,
    /// The number to call for help with it, where the hospital has one.
    pub help_phone: Option<String>,
    /// The department of the visit, where known.
    pub department: Option<Bilingual>,
    /// The physician of the visit, where known.
    pub physician: Option<Bilingual>,
    /// The day that it is about, by both calendars, where known.
    pub visited: Option<(NaiveDate, HijriDate)>,
    /// Whether names stand in its texts: then they are this patient's alone.
    pub named: bool,
    /// Whether nobody knows who answers.
    pub anonymous: bool,
    /// Whether the patient is a child, so that the guardian answers.
    pub for_child: bool,
    /// The language chosen last.
    pub language: Locale,
    /// What was answered so far.
    pub answers: Answers,
    /// The files among the answers, by the key of the answer.
    pub files: BTreeMap<String, SurveyFile>,
    /// What logic may look at besides.
    pub facts: Facts,
    /// Where it stands.
    pub state: OpenSurveyState,
}

/// Which messages a patient stopped, and when they want the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoppedMessages {
    /// All of them.
    pub all: bool,
    /// Each way by which messages can go out here, and whether it was stopped by itself.
    pub channels: Vec<(Channel, bool)>,
    /// When the patient wants to be written to; at any hour of the hospital's without.
    pub preferred_time: Option<PreferredTime>,
}

/// Whether a survey still takes answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenSurveyState {
    /// It does.
    Open,
    /// Enough others had answered.
    ScreenedOut,
    /// It was handed in; the call-back question may still be open.
    Completed {
        /// What the patient said to "may we call you?", if anything.
        callback: Option<bool>,
        /// Whether the answers asked for action, so that a call makes sense.
        low_score: bool,
    },
    /// Its time ran out, or the visit behind it was cancelled.
    Closed,
}

impl OpenSurvey {
    /// What is asked, as far as the answers tell it.
    pub fn path(&self) -> Path {
        path(&self.content, &self.answers, &self.facts)
    }

    /// The first page that lacks a required answer, or the last page.
    pub fn resume_at(&self) -> u8 {
        let way = self.path();
        let answered = |question: &Question| {
            let mut keys = question.answer_keys();
            !question.kind.takes_answers() || keys.all(|key| self.answers.contains_key(&key))
        };
        // What may be left out was left out when a later page has answers.
        let last_visited = way
            .questions(&self.content)
            .filter(|question| question.answer_keys().any(|key| self.answers.contains_key(&key)))
            .map(|question| question.page)
            .max()
            .unwrap_or_default();
        let open = |question: &&Question| {
            let demanded = way.required.contains(&question.key) || question.page > last_visited;
            demanded && !answered(question)
        };
        let mut pages = way.questions(&self.content).filter(open).map(|question| question.page);
        pages.next().or_else(|| way.last_page(&self.content)).unwrap_or(1)
    }
}
