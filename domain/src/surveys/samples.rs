//! Small surveys that the tests of this module ask.

use super::logic::{Comparison, Condition, Consequence, LogicOperator, Operand, Rule};
use super::{Answer, Answers, Choice, Question, QuestionKind, SurveyContent};
use crate::Bilingual;

pub(super) fn words() -> Bilingual {
    Bilingual::new("أ", "a")
}

pub(super) fn question(key: &str, kind: QuestionKind) -> Question {
    Question {
        key: key.to_owned(),
        text: words(),
        hint: None,
        kind,
        required: false,
        page: 1,
        not_applicable: false,
        measure: super::Measure::default(),
        shown_if: None,
        rules: Vec::new(),
    }
}

pub(super) fn nps() -> QuestionKind {
    QuestionKind::Nps { low: words(), high: words() }
}

pub(super) fn rating(max: u8) -> QuestionKind {
    QuestionKind::Rating { max, low: words(), high: words(), look: super::RatingLook::Numbers }
}

pub(super) fn choices(keys: &[&str]) -> Vec<Choice> {
    keys.iter().map(|key| Choice::new((*key).to_owned(), words())).collect()
}

pub(super) fn survey(questions: Vec<Question>) -> SurveyContent {
    SurveyContent {
        title: words(),
        introduction: words(),
        invitation: Bilingual::new("", ""),
        questions,
        variables: Vec::new(),
        rules: Vec::new(),
        quotas: Vec::new(),
        anonymous: false,
        reminders: Vec::new(),
    }
}

pub(super) fn answers(given: &[(&str, Answer)]) -> Answers {
    given.iter().map(|(key, answer)| ((*key).to_owned(), answer.clone())).collect()
}

pub(super) fn when(key: &str, operator: LogicOperator, values: &[&str]) -> Condition {
    Condition::Is(Comparison {
        operand: Operand::Answer(key.to_owned()),
        operator,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    })
}

pub(super) fn rule(when: Condition, then: Consequence) -> Rule {
    Rule { when, then }
}
