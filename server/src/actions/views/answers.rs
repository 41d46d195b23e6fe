//! What a patient answered, as whoever works on the action may read it.

use chrono::{DateTime, Utc};
use px360_domain::actions::{AnsweredQuestion, RepeatedComplaint};
use px360_domain::organizations::deidentified;
use px360_domain::surveys::{
    Answer, Answers, Question, QuestionKind, SurveyContent, TriggeredRule,
};
use sqlx::types::Json;

/// One survey's answers, and those that fired rules.
pub(in crate::actions) struct Given {
    pub(super) content: Option<Json<SurveyContent>>,
    pub(super) answers: Json<Answers>,
    pub(super) triggered: Json<Vec<TriggeredRule>>,
}

impl Given {
    /// What the patient answered; what they wrote is de-identified for those who need no identity.
    pub(super) fn shown(&self, identified: bool, names: &[&str]) -> Vec<AnsweredQuestion> {
        let Some(content) = &self.content else { return Vec::new() };
        let answered = |question: &Question, key: String| {
            let answer = self.answers.get(&key)?.clone();
            let chosen = question.names(&answer).into_iter().cloned().collect();
            let file = match &answer {
                Answer::Words(id) if question.kind == QuestionKind::File => id.parse().ok(),
                _ => None,
            };
            let answer = match answer {
                Answer::Words(words) if !identified => Answer::Words(deidentified(&words, names)),
                answer => answer,
            };
            Some(AnsweredQuestion {
                text: question.text.clone(),
                row: question.row(&key).cloned(),
                names: chosen,
                answer,
                file,
                out_of: question.kind.range().map(|(_, high)| high),
                triggered: self.triggered.iter().any(|rule| rule.question == key),
                key,
            })
        };
        content
            .questions
            .iter()
            // A name and a number to call say who it is, and a photograph shows it.
            .filter(|question| identified || !question.kind.tells_who())
            .flat_map(|question| {
                question.answer_keys().filter_map(|key| answered(question, key)).collect::<Vec<_>>()
            })
            .collect()
    }
}

/// The same complaint, noted on a standing action.
pub(in crate::actions) struct Repeat {
    pub(super) at: DateTime<Utc>,
    pub(super) callback: Option<bool>,
    pub(super) given: Given,
}

impl Repeat {
    pub(super) fn shown(&self, identified: bool, names: &[&str]) -> RepeatedComplaint {
        let answers = self.given.shown(identified, names);
        RepeatedComplaint { at: self.at, callback: self.callback, answers }
    }
}
