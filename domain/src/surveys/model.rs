//! A survey version's content. A published version never changes, so this is stored as one document.

use serde::{Deserialize, Serialize};

use super::Answer;
use super::action_rules::ActionRule;
use super::logic::{Condition, Rule, Variable};
use super::measure::Measure;
use super::quotas::SurveyQuota;
use crate::Bilingual;
use crate::ids::SurveyPictureId;

/// The most reminders of one invitation.
pub const REMINDERS_MAX: usize = 2;
/// The longest that an invitation is reminded of, in days.
pub const REMINDER_DAYS_MAX: u16 = 30;

/// The longest words of an invitation, in characters: with its links an Arabic text message stays within six parts.
pub const INVITATION_CHARS_MAX: usize = 140;

fn nothing() -> Bilingual {
    Bilingual::new("", "")
}

/// What one version asks, page by page, and when its answers need somebody to act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyContent {
    /// The name that the patient sees above the first page.
    pub title: Bilingual,
    /// One short paragraph: why we ask and how long it takes.
    pub introduction: Bilingual,
    /// The words of the invitation, above the link: at most [`INVITATION_CHARS_MAX`] characters in each language; the
    /// usual ones where nothing is written.
    #[serde(default = "nothing")]
    pub invitation: Bilingual,
    /// All questions, in order.
    pub questions: Vec<Question>,
    /// What rules count with, and what it is before the first question.
    #[serde(default)]
    pub variables: Vec<Variable>,
    /// Answers that open a PX action. The most severe rule that fires wins.
    pub rules: Vec<ActionRule>,
    /// How many answers of a kind are wanted: at most [`QUOTAS_MAX`](super::QUOTAS_MAX) quotas.
    #[serde(default)]
    pub quotas: Vec<SurveyQuota>,
    /// Whether the answers are cut off from whoever gave them as soon as they are handed in, for good: what is left says
    /// where, who treated, in which month and in which language. Such a survey opens no action and asks for no contact.
    #[serde(default)]
    pub anonymous: bool,
    /// So many days after the invitation whoever has not begun is reminded: at most [`REMINDERS_MAX`] times, each 1 to
    /// [`REMINDER_DAYS_MAX`] days, the sooner one first.
    #[serde(default)]
    pub reminders: Vec<u16>,
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

    /// The pictures that its choices show.
    pub fn pictures(&self) -> impl Iterator<Item = SurveyPictureId> {
        let choices = self.questions.iter().flat_map(|question| question.kind.choices());
        choices.filter_map(|choice| choice.picture)
    }

    /// The keys of the answers that are files.
    pub fn file_keys(&self) -> impl Iterator<Item = &str> {
        let files = self.questions.iter().filter(|question| question.kind == QuestionKind::File);
        files.map(|question| question.key.as_str())
    }

    /// Whether a question asks for something that tells who answers.
    pub fn asks_who(&self) -> bool {
        self.questions.iter().any(|question| question.kind.tells_who())
    }

    /// The question that an answer of this key belongs to: `nursing` and `nursing.kindness` to `nursing`.
    pub fn question_of(&self, answer_key: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.answer_keys().any(|key| key == answer_key))
    }
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
    /// Whether "does not apply to me" is offered. It counts as an answer and in no score.
    #[serde(default)]
    pub not_applicable: bool,
    /// What its answers are worth, and of whom they speak.
    #[serde(default)]
    pub measure: Measure,
    /// Asked only when this holds; always without.
    #[serde(default)]
    pub shown_if: Option<Condition>,
    /// What follows from its answer, in order.
    #[serde(default)]
    pub rules: Vec<Rule>,
}

impl Question {
    /// The keys that its answers are kept under: its own, or one for each row or field.
    pub fn answer_keys(&self) -> impl Iterator<Item = String> + '_ {
        let parts: Vec<&str> = match &self.kind {
            QuestionKind::Matrix { rows, .. } => rows.iter().map(|row| row.key.as_str()).collect(),
            QuestionKind::Contact => vec!["name", "mobile"],
            _ => Vec::new(),
        };
        let own = (parts.is_empty() && self.kind.takes_answers()).then(|| self.key.clone());
        own.into_iter().chain(parts.into_iter().map(|part| format!("{}.{part}", self.key)))
    }
}

impl Question {
    /// Of which row an answer of this key speaks, where the question has rows.
    pub fn row(&self, answer_key: &str) -> Option<&Bilingual> {
        let QuestionKind::Matrix { rows, .. } = &self.kind else { return None };
        let row = answer_key.strip_prefix(self.key.as_str())?.strip_prefix('.')?;
        rows.iter().find(|it| it.key == row).map(|it| &it.label)
    }

    /// What an answer is called where its values have names: choices, and the columns of a matrix.
    pub fn names(&self, answer: &Answer) -> Vec<&Bilingual> {
        let named = |key: &String| {
            let choice = self.kind.choices().iter().find(|choice| choice.key == *key);
            choice.map(|choice| &choice.label)
        };
        match (&self.kind, answer) {
            (QuestionKind::Matrix { columns, .. }, Answer::Number(value)) => usize::from(*value)
                .checked_sub(1)
                .and_then(|at| columns.get(at))
                .into_iter()
                .collect(),
            (QuestionKind::Single { .. }, Answer::Words(key)) => named(key).into_iter().collect(),
            (_, Answer::Choices(keys)) => keys.iter().filter_map(named).collect(),
            _ => Vec::new(),
        }
    }
}

closed_enum! {
    /// What the values of a rating look like. The lowest one is where reading begins, in both directions.
    pub enum RatingLook {
        /// Numbers.
        Numbers => "numbers",
        /// Stars.
        Stars => "stars",
        /// Faces, from unhappy to happy.
        Faces => "faces",
    }
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
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
        /// What the values look like.
        #[serde(default = "numbers")]
        look: RatingLook,
    },
    /// Satisfaction, 1 to 5.
    Csat {
        /// What 1 means.
        low: Bilingual,
        /// What 5 means.
        high: Bilingual,
    },
    /// How easy it was, 1 to 7.
    Ces {
        /// What 1 means.
        low: Bilingual,
        /// What 7 means.
        high: Bilingual,
    },
    /// One of several choices.
    Single {
        /// The choices, in order.
        choices: Vec<Choice>,
    },
    /// Some of several choices.
    Multiple {
        /// The choices, in order.
        choices: Vec<Choice>,
        /// The most that may be chosen; all without.
        #[serde(default)]
        at_most: Option<u8>,
    },
    /// The choices in the patient's own order, the most important first.
    Ranking {
        /// The choices, in the order in which they are shown.
        choices: Vec<Choice>,
    },
    /// The same scale for several things.
    Matrix {
        /// What is rated, in order. Each has an answer of its own, under `question.row`.
        rows: Vec<Choice>,
        /// What the values 1, 2, … mean, the least first.
        columns: Vec<Bilingual>,
    },
    /// Yes or no.
    YesNo,
    /// Free text.
    Text {
        /// The longest answer, in characters.
        max_chars: u16,
    },
    /// A day.
    Date,
    /// Nothing is asked, only said.
    Statement,
    /// A box to tick. Where it is required, the survey goes on only with a yes.
    Consent,
    /// A name and a mobile number, each of which may be left out unless the question is required.
    Contact,
    /// A photograph or a document. Its answer names the [`SurveyFile`](super::SurveyFile).
    File,
}

const fn numbers() -> RatingLook {
    RatingLook::Numbers
}

impl QuestionKind {
    /// The lowest and the highest number, where the answers are numbers.
    pub fn range(&self) -> Option<(u8, u8)> {
        match self {
            Self::Nps { .. } => Some((0, 10)),
            Self::Rating { max, .. } => Some((1, *max)),
            Self::Csat { .. } => Some((1, 5)),
            Self::Ces { .. } => Some((1, 7)),
            Self::Matrix { columns, .. } => Some((1, u8::try_from(columns.len()).ok()?)),
            _ => None,
        }
    }

    /// What can be chosen, where something can.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Single { choices }
            | Self::Multiple { choices, .. }
            | Self::Ranking { choices } => choices,
            _ => &[],
        }
    }

    /// Whether its choices can have pictures.
    pub const fn takes_pictures(&self) -> bool {
        matches!(self, Self::Single { .. } | Self::Multiple { .. })
    }

    /// Whether an answer tells by itself who gave it: a name, a photograph, a bill.
    pub const fn tells_who(&self) -> bool {
        matches!(self, Self::Contact | Self::File)
    }

    /// Whether there is anything to answer.
    pub const fn takes_answers(&self) -> bool {
        !matches!(self, Self::Statement)
    }
}

/// One of several things to choose from, or to rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Choice {
    /// Stable key: what is stored.
    pub key: String,
    /// What is read.
    pub label: Bilingual,
    /// What is seen above it, where one thing is chosen or several. The label says what it shows.
    #[serde(default)]
    pub picture: Option<SurveyPictureId>,
}

impl Choice {
    /// A choice without a picture.
    pub const fn new(key: String, label: Bilingual) -> Self {
        Self { key, label, picture: None }
    }
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
        /// Enough others had answered: a quota ended it.
        ScreenedOut => "screened_out",
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
