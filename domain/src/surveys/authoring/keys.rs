//! The keys of questions and choices, and everything that names them.

use super::super::logic::{Condition, Consequence, Operand, Value};
use super::super::{Choice, QuestionKind, SurveyContent, SurveyQuota};

impl SurveyContent {
    /// A key of this beginning that no question has yet: `rating`, `rating_2`.
    pub fn free_key(&self, beginning: &str) -> String {
        free(beginning, |key| self.questions.iter().any(|question| question.key == key))
    }

    /// Gives a question another key; conditions and rules that name it name the new one.
    pub fn rename_question(&mut self, index: usize, new: &str) {
        let Some(question) = self.questions.get_mut(index) else { return };
        let old = std::mem::replace(&mut question.key, new.to_owned());
        // Of two with the same key it is not known which one is meant.
        if old.is_empty() || self.questions.iter().any(|question| question.key == old) {
            return;
        }
        let renamed = |key: &mut String| {
            let rest = key.strip_prefix(old.as_str()).map(str::to_owned);
            if let Some(rest) = rest.filter(|rest| rest.is_empty() || rest.starts_with('.')) {
                *key = format!("{new}{rest}");
            }
        };
        self.each_answer_key(&renamed);
    }

    /// Does something with every place of the logic that names an answer or a question.
    fn each_answer_key(&mut self, change: &dyn Fn(&mut String)) {
        for question in &mut self.questions {
            if let Some(condition) = &mut question.shown_if {
                in_condition(condition, change);
            }
            for rule in &mut question.rules {
                in_condition(&mut rule.when, change);
                match &mut rule.then {
                    Consequence::JumpTo(key) | Consequence::Require(key) => change(key),
                    Consequence::Calculate { value: Value::AnswerTo(key), .. } => change(key),
                    Consequence::Calculate { .. } | Consequence::Finish => {}
                }
            }
        }
        for rule in &mut self.rules {
            change(&mut rule.question);
        }
        for condition in self.quotas.iter_mut().filter_map(|quota| quota.when.as_mut()) {
            in_condition(condition, change);
        }
    }
}

impl QuestionKind {
    /// Its choices, or the rows of a matrix, to be changed.
    pub const fn parts_mut(&mut self) -> Option<&mut Vec<Choice>> {
        match self {
            Self::Single { choices }
            | Self::Multiple { choices, .. }
            | Self::Ranking { choices } => Some(choices),
            Self::Matrix { rows, .. } => Some(rows),
            _ => None,
        }
    }

    /// Its choices, or the rows of a matrix.
    pub fn parts(&self) -> &[Choice] {
        match self {
            Self::Matrix { rows, .. } => rows,
            kind => kind.choices(),
        }
    }
}

/// A key of this beginning that none of these has yet.
pub fn free_choice_key(choices: &[Choice], beginning: &str) -> String {
    free(beginning, |key| choices.iter().any(|choice| choice.key == key))
}

/// The Latin letters and digits of a name in small letters, at most 40 of them; otherwise this.
pub fn code_of(name: &str, otherwise: &str) -> String {
    let words = name.to_ascii_lowercase();
    let words: Vec<&str> = words
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let code: String = words.join("_").chars().take(40).collect();
    if code.is_empty() { otherwise.to_owned() } else { code }
}

/// A key for a quota of this name that begins with the version of this number: no quota has had it, so that none takes over
/// what one that is gone counted.
pub fn free_quota_key(quotas: &[SurveyQuota], name: &str, version: i32) -> String {
    let beginning = format!("{}_v{version}", code_of(name, "quota"));
    free(&beginning, |key| quotas.iter().any(|quota| quota.key == key))
}

fn free(beginning: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2_usize..).map(|number| format!("{beginning}_{number}"));
    let mut keys = std::iter::once(beginning.to_owned()).chain(numbered);
    keys.find(|key| !taken(key)).unwrap_or_else(|| beginning.to_owned())
}

fn in_condition(condition: &mut Condition, change: &dyn Fn(&mut String)) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                in_condition(part, change);
            }
        }
        Condition::Is(comparison) => {
            if let Operand::Answer(key) = &mut comparison.operand {
                change(key);
            }
        }
    }
}
