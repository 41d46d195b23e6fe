//! A survey version's content. A published version never changes, so this is stored as one document.

use serde::{Deserialize, Serialize};

use crate::Bilingual;
use crate::actions::Severity;

/// What one version asks, page by page, and when its answers need somebody to act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyContent {
    /// The name that the patient sees above the first page.
    pub title: Bilingual,
    /// One short paragraph: why we ask and how long it takes.
    pub introduction: Bilingual,
    /// All questions, in order.
    pub questions: Vec<Question>,
    /// Answers that open a PX action. The most severe rule that fires wins.
    pub rules: Vec<LowScoreRule>,
}

impl SurveyContent {
    /// How many pages there are.
    pub fn pages(&self) -> u8 {
        self.questions.iter().map(|question| question.page).max().unwrap_or(1)
    }

    /// The questions of one page, counted from 1.
    pub fn on_page(&self, page: u8) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(move |question| question.page == page)
    }

    /// The question of this key.
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.key == key)
    }
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Stable across versions, so that a measure survives a new version: `nps`, `doctor_listened`.
    pub key: String,
    /// What is asked.
    pub text: Bilingual,
    /// One short sentence of help.
    pub hint: Option<Bilingual>,
    /// How it is answered.
    pub kind: QuestionKind,
    /// Whether it must be answered.
    pub required: bool,
    /// The page it stands on, from 1.
    pub page: u8,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum QuestionKind {
    /// Likelihood to recommend, 0 to 10.
    Nps {
        /// What 0 means.
        low: Bilingual,
        /// What 10 means.
        high: Bilingual,
    },
    /// A rating from 1 to `max`.
    Rating {
        /// The best value, 3 to 10.
        max: u8,
        /// What 1 means.
        low: Bilingual,
        /// What `max` means.
        high: Bilingual,
    },
    /// One of several choices.
    Single {
        /// The choices, in order.
        choices: Vec<Choice>,
    },
    /// Yes or no.
    YesNo,
    /// Free text.
    Text {
        /// The longest answer, in characters.
        max_chars: u16,
    },
}

impl QuestionKind {
    /// The lowest and the highest number, where the answer is a number.
    pub const fn range(&self) -> Option<(u8, u8)> {
        match self {
            Self::Nps { .. } => Some((0, 10)),
            Self::Rating { max, .. } => Some((1, *max)),
            Self::Single { .. } | Self::YesNo | Self::Text { .. } => None,
        }
    }
}

/// One choice of a single-choice question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Stable key: what is stored.
    pub key: String,
    /// What is read.
    pub label: Bilingual,
}

/// An answer at or below a value asks for action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LowScoreRule {
    /// Which question.
    pub question: String,
    /// The highest value that fires the rule.
    pub at_most: u8,
    /// How severe that is.
    pub severity: Severity,
}

closed_enum! {
    /// Where one invitation stands.
    pub enum SurveyStatus {
        /// Created; its invitation waits for its time.
        Scheduled => "scheduled",
        /// Not sent, for the reason beside it.
        Suppressed => "suppressed",
        /// The invitation left the house.
        Sent => "sent",
        /// The patient answered at least one question.
        Started => "started",
        /// The patient handed it in. Final.
        Completed => "completed",
        /// Its time ran out.
        Expired => "expired",
        /// The visit behind it was cancelled.
        Reversed => "reversed",
    }
}

impl SurveyStatus {
    /// Whether answers are still taken.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Scheduled | Self::Sent | Self::Started)
    }
}
