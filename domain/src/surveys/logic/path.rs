//! The way of one patient through a survey.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Answer, Answers, Question, SurveyContent};
use super::condition::Seen;
use super::{Condition, Consequence, Facts, Value};

/// From how many questions on answers are looked through once more before they are handed in: fewer one remembers.
const REVIEWED_ABOVE: usize = 8;

/// The way of one patient through a survey, as far as the answers tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The questions that are asked, in order, as their places in the survey counted from 0.
    pub asked: Vec<usize>,
    /// The keys of those that have to be answered.
    pub required: BTreeSet<String>,
    /// What the rules have counted.
    pub variables: BTreeMap<String, Value>,
}

impl Path {
    /// The questions that are asked.
    pub fn questions<'a>(
        &'a self,
        content: &'a SurveyContent,
    ) -> impl Iterator<Item = &'a Question> {
        self.asked.iter().filter_map(|index| content.questions.get(*index))
    }

    /// The answers to questions that are asked: what was answered on a way that the patient left does not count.
    pub fn answers(&self, content: &SurveyContent, answers: &Answers) -> Answers {
        let keys: BTreeSet<String> =
            self.questions(content).flat_map(Question::answer_keys).collect();
        let kept = answers.iter().filter(|(key, _)| keys.contains(*key));
        kept.map(|(key, answer)| (key.clone(), answer.clone())).collect()
    }

    /// The next page after this one with something on it; 0 gives the first.
    pub fn page_after(&self, content: &SurveyContent, page: u8) -> Option<u8> {
        self.questions(content).map(|question| question.page).find(|next| *next > page)
    }

    /// The last page with something on it.
    pub fn last_page(&self, content: &SurveyContent) -> Option<u8> {
        self.questions(content).map(|question| question.page).last()
    }

    /// Whether it is so long that the answers are looked through once more: more than eight questions on several pages.
    pub fn is_reviewed(&self, content: &SurveyContent) -> bool {
        let asked = self.questions(content).filter(|question| question.kind.takes_answers());
        asked.count() > REVIEWED_ABOVE && self.page_after(content, 0) != self.last_page(content)
    }

    /// The page before this one with something on it.
    pub fn page_before(&self, content: &SurveyContent, page: u8) -> Option<u8> {
        self.questions(content).map(|question| question.page).filter(|last| *last < page).last()
    }
}

/// Goes through a survey with these answers.
///
/// A question sees the answers to those before it, and only to those that were asked.
pub fn path(content: &SurveyContent, answers: &Answers, facts: &Facts) -> Path {
    let mut walk = Walk {
        facts,
        given: answers,
        seen: Answers::new(),
        jump: None,
        path: Path {
            asked: Vec::new(),
            required: BTreeSet::new(),
            variables: content
                .variables
                .iter()
                .map(|variable| (variable.key.clone(), variable.initial.clone()))
                .collect(),
        },
    };
    for (index, question) in content.questions.iter().enumerate() {
        if walk.comes_to(question) && !walk.ask(index, question) {
            break;
        }
    }
    walk.path
}

/// Whether something holds of whoever gave these answers, on the way that they lead.
pub fn holds(
    condition: &Condition,
    content: &SurveyContent,
    answers: &Answers,
    facts: &Facts,
) -> bool {
    let way = path(content, answers, facts);
    let answers = way.answers(content, answers);
    condition.holds(Seen { answers: &answers, variables: &way.variables, facts })
}

struct Walk<'a> {
    facts: &'a Facts,
    given: &'a Answers,
    /// The answers to what was asked so far.
    seen: Answers,
    /// Where the last jump leads.
    jump: Option<String>,
    path: Path,
}

impl Walk<'_> {
    fn seen(&self) -> Seen<'_> {
        Seen { answers: &self.seen, variables: &self.path.variables, facts: self.facts }
    }

    fn comes_to(&mut self, question: &Question) -> bool {
        if self.jump.as_ref().is_some_and(|target| *target != question.key) {
            return false;
        }
        self.jump = None;
        question.shown_if.as_ref().is_none_or(|condition| condition.holds(self.seen()))
    }

    /// Asks a question and follows its rules; false when nothing comes after it.
    fn ask(&mut self, index: usize, question: &Question) -> bool {
        self.path.asked.push(index);
        if question.required {
            self.path.required.insert(question.key.clone());
        }
        for key in question.answer_keys() {
            if let Some(answer) = self.given.get(&key) {
                self.seen.insert(key, answer.clone());
            }
        }
        for rule in &question.rules {
            if !rule.when.holds(self.seen()) {
                continue;
            }
            match &rule.then {
                Consequence::Finish => return false,
                Consequence::JumpTo(target) => {
                    self.jump = Some(target.clone());
                    return true;
                }
                Consequence::Require(key) => {
                    self.path.required.insert(key.clone());
                }
                Consequence::Calculate { variable, operation, value } => {
                    self.calculate(variable, *operation, value);
                }
            }
        }
        true
    }

    fn calculate(&mut self, variable: &str, operation: super::Operation, value: &Value) {
        let with = match value {
            Value::AnswerTo(key) => match self.seen.get(key) {
                Some(Answer::Number(number)) => Value::Number(i64::from(*number)),
                Some(Answer::Words(words)) => Value::Words(words.clone()),
                _ => return,
            },
            value => value.clone(),
        };
        let Some(before) = self.path.variables.get_mut(variable) else { return };
        if let Some(after) = operation.on(before, with) {
            *before = after;
        }
    }
}
