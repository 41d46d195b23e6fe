//! The kinds of questions to choose from, and how long each takes.

use super::super::{Choice, Question, QuestionKind, RatingLook, SurveyContent};
use crate::Bilingual;

closed_enum! {
    /// A kind of question, by its name alone.
    pub enum QuestionType {
        /// Likelihood to recommend, 0 to 10.
        Nps => "nps",
        /// A rating from 1 up.
        Rating => "rating",
        /// Satisfaction, 1 to 5.
        Csat => "csat",
        /// How easy it was, 1 to 7.
        Ces => "ces",
        /// One of several choices.
        Single => "single",
        /// Some of several choices.
        Multiple => "multiple",
        /// The choices in an order of one's own.
        Ranking => "ranking",
        /// The same scale for several things.
        Matrix => "matrix",
        /// Yes or no.
        YesNo => "yes_no",
        /// Free text.
        Text => "text",
        /// A day.
        Date => "date",
        /// Nothing is asked, only said.
        Statement => "statement",
        /// A box to tick.
        Consent => "consent",
        /// A name and a mobile number.
        Contact => "contact",
        /// A photograph or a document.
        File => "file",
    }
}

impl QuestionType {
    /// A question of this type as it begins: nothing is written yet, and it has as many choices as it needs.
    pub fn blank(self) -> QuestionKind {
        let text = Bilingual::default;
        let choices = || ["a", "b"].map(|key| Choice::new(key.to_owned(), text())).into();
        match self {
            Self::Nps => QuestionKind::Nps { low: text(), high: text() },
            Self::Rating => {
                QuestionKind::Rating { max: 5, low: text(), high: text(), look: RatingLook::Stars }
            }
            Self::Csat => QuestionKind::Csat { low: text(), high: text() },
            Self::Ces => QuestionKind::Ces { low: text(), high: text() },
            Self::Single => QuestionKind::Single { choices: choices() },
            Self::Multiple => QuestionKind::Multiple { choices: choices(), at_most: None },
            Self::Ranking => QuestionKind::Ranking { choices: choices() },
            Self::Matrix => {
                QuestionKind::Matrix { rows: choices(), columns: vec![text(), text(), text()] }
            }
            Self::YesNo => QuestionKind::YesNo,
            Self::Text => QuestionKind::Text { max_chars: 1_000 },
            Self::Date => QuestionKind::Date,
            Self::Statement => QuestionKind::Statement,
            Self::Consent => QuestionKind::Consent,
            Self::Contact => QuestionKind::Contact,
            Self::File => QuestionKind::File,
        }
    }
}

impl QuestionKind {
    /// Which type it is.
    pub const fn question_type(&self) -> QuestionType {
        match self {
            Self::Nps { .. } => QuestionType::Nps,
            Self::Rating { .. } => QuestionType::Rating,
            Self::Csat { .. } => QuestionType::Csat,
            Self::Ces { .. } => QuestionType::Ces,
            Self::Single { .. } => QuestionType::Single,
            Self::Multiple { .. } => QuestionType::Multiple,
            Self::Ranking { .. } => QuestionType::Ranking,
            Self::Matrix { .. } => QuestionType::Matrix,
            Self::YesNo => QuestionType::YesNo,
            Self::Text { .. } => QuestionType::Text,
            Self::Date => QuestionType::Date,
            Self::Statement => QuestionType::Statement,
            Self::Consent => QuestionType::Consent,
            Self::Contact => QuestionType::Contact,
            Self::File => QuestionType::File,
        }
    }

    /// The same question answered in another way: whatever is written of it stays where the other type has a place
    /// for it.
    #[must_use]
    pub fn turned_into(&self, kind: QuestionType) -> Self {
        let mut turned = kind.blank();
        if let (Some((low, high)), Some((new_low, new_high))) = (self.ends(), turned.ends_mut()) {
            (*new_low, *new_high) = (low.clone(), high.clone());
        }
        if let Some(parts) = turned.parts_mut().filter(|_| !self.parts().is_empty()) {
            *parts = self.parts().to_vec();
        }
        turned
    }

    /// The texts of the lowest and the highest value, where a scale has such.
    pub const fn ends_mut(&mut self) -> Option<(&mut Bilingual, &mut Bilingual)> {
        match self {
            Self::Nps { low, high }
            | Self::Rating { low, high, .. }
            | Self::Csat { low, high }
            | Self::Ces { low, high } => Some((low, high)),
            _ => None,
        }
    }

    /// The same, to be read.
    pub const fn ends(&self) -> Option<(&Bilingual, &Bilingual)> {
        match self {
            Self::Nps { low, high }
            | Self::Rating { low, high, .. }
            | Self::Csat { low, high }
            | Self::Ces { low, high } => Some((low, high)),
            _ => None,
        }
    }
}

impl Question {
    /// A question of a type, with nothing written yet.
    pub fn blank(key: String, kind: QuestionType) -> Self {
        Self {
            key,
            text: Bilingual::default(),
            hint: None,
            kind: kind.blank(),
            required: false,
            page: 1,
            not_applicable: false,
            measure: super::super::Measure::default(),
            shown_if: None,
            rules: Vec::new(),
        }
    }

    /// About how long it takes to answer, in seconds: our own rule of thumb for somebody who reads slowly.
    fn seconds(&self) -> usize {
        match &self.kind {
            QuestionKind::Statement => 5,
            QuestionKind::Text { .. } => 30,
            QuestionKind::Contact | QuestionKind::File => 20,
            QuestionKind::Matrix { rows, .. } => 5 + 6 * rows.len(),
            QuestionKind::Ranking { choices } => 5 + 5 * choices.len(),
            QuestionKind::Multiple { .. } | QuestionKind::Date => 12,
            _ => 8,
        }
    }
}

impl SurveyContent {
    /// A survey of this title without a question.
    pub const fn blank(title: Bilingual) -> Self {
        Self {
            title,
            introduction: Bilingual { ar: String::new(), en: String::new() },
            invitation: Bilingual { ar: String::new(), en: String::new() },
            questions: Vec::new(),
            variables: Vec::new(),
            rules: Vec::new(),
            quotas: Vec::new(),
            anonymous: false,
            reminders: Vec::new(),
        }
    }

    /// About how long it takes to answer all of it, in seconds.
    pub fn seconds(&self) -> usize {
        self.questions.iter().map(Question::seconds).sum()
    }
}
