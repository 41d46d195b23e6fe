//! Logic as people read it.

use px360_domain::Locale;
use px360_domain::surveys::logic::{Comparison, Condition, Consequence, Operand, Rule, Value};
use px360_domain::surveys::{Question, QuestionKind, SurveyContent};

use crate::surveys::words::{fact, operation, operator};
use crate::ui::fields::Choice;
use crate::ui::numbers::isolated_words;

/// What a question is called in a list: its number and its text.
pub(super) fn question_name(locale: Locale, content: &SurveyContent, key: &str) -> String {
    match content.questions.iter().position(|question| question.key == key) {
        Some(at) => numbered(locale, content, at),
        None => key.to_owned(),
    }
}

fn numbered(locale: Locale, content: &SurveyContent, at: usize) -> String {
    let question = content.questions.get(at);
    let text = question.map(|question| question.text.pick(locale)).unwrap_or_default();
    let text = if text.trim().is_empty() { text!(locale, surveys.unwritten) } else { text };
    format!("{}. {text}", at + 1)
}

/// What an answer is called: its question, and which row of it.
pub(super) fn answer_name(locale: Locale, content: &SurveyContent, key: &str) -> String {
    let Some(question) = content.question_of(key) else { return key.to_owned() };
    let name = question_name(locale, content, &question.key);
    match question.row(key) {
        Some(row) => text!(locale, surveys.answer_of_row, question = name, row = row.pick(locale)),
        None => name,
    }
}

/// The answers to the first questions of a survey, to choose from.
pub(super) fn answer_choices(locale: Locale, content: &SurveyContent, count: usize) -> Vec<Choice> {
    content
        .questions
        .iter()
        .take(count)
        .flat_map(Question::answer_keys)
        .map(|key| {
            let name = answer_name(locale, content, &key);
            Choice::new(key, name)
        })
        .collect()
}

/// A condition in one sentence.
pub(super) fn condition(locale: Locale, content: &SurveyContent, condition: &Condition) -> String {
    match condition {
        Condition::All(parts) if parts.is_empty() => text!(locale, surveys.always).to_owned(),
        Condition::All(parts) => joined(locale, content, parts, text!(locale, surveys.and)),
        Condition::Any(parts) => joined(locale, content, parts, text!(locale, surveys.or)),
        Condition::Is(one) => comparison(locale, content, one),
    }
}

fn joined(
    locale: Locale,
    content: &SurveyContent,
    parts: &[Condition],
    between: &'static str,
) -> String {
    let said = |part: &Condition| {
        let said = condition(locale, content, part);
        // Within a sentence of "and" one of "or" needs brackets, and the other way round.
        match part {
            Condition::All(parts) | Condition::Any(parts) if parts.len() > 1 => format!("({said})"),
            _ => said,
        }
    };
    let parts: Vec<String> = parts.iter().map(said).collect();
    parts.join(between)
}

/// One comparison in words.
pub(super) fn comparison(locale: Locale, content: &SurveyContent, one: &Comparison) -> String {
    let what = match &one.operand {
        Operand::Answer(key) => answer_name(locale, content, key),
        Operand::Variable(key) => text!(locale, surveys.variable, name = key),
        Operand::Fact(known) => fact(locale, *known).to_owned(),
    };
    let what = isolated_words(&what);
    let how = operator(locale, one.operator);
    if one.operator.is_unary() {
        return text!(locale, surveys.compared_alone, what = what, how = how);
    }
    let named = |value: &String| {
        let name = match &one.operand {
            Operand::Answer(key) => value_name(locale, content, key, value),
            _ => value.clone(),
        };
        isolated_words(&name)
    };
    let values: Vec<String> = one.values.iter().map(named).collect();
    let values = values.join(text!(locale, surveys.or));
    text!(locale, surveys.compared, what = what, how = how, values = values)
}

/// What a value is called where its question has names for values.
fn value_name(locale: Locale, content: &SurveyContent, key: &str, value: &str) -> String {
    let kind = content.question_of(key).map(|question| &question.kind);
    match (kind, value) {
        (Some(QuestionKind::YesNo | QuestionKind::Consent), "yes") => {
            text!(locale, public.yes).to_owned()
        }
        (Some(QuestionKind::YesNo | QuestionKind::Consent), "no") => {
            text!(locale, public.no).to_owned()
        }
        (Some(kind), value) => {
            let choice = kind.choices().iter().find(|choice| choice.key == value);
            choice.map_or_else(|| value.to_owned(), |it| it.label.pick(locale).to_owned())
        }
        (None, value) => value.to_owned(),
    }
}

/// A rule in one sentence.
pub(super) fn rule(locale: Locale, content: &SurveyContent, rule: &Rule) -> String {
    let then = consequence(locale, content, &rule.then);
    if rule.when == Condition::ALWAYS {
        return then;
    }
    let when = condition(locale, content, &rule.when);
    text!(locale, surveys.if_then, when = when, then = then)
}

fn consequence(locale: Locale, content: &SurveyContent, consequence: &Consequence) -> String {
    match consequence {
        Consequence::Finish => text!(locale, surveys.then_finish).to_owned(),
        Consequence::JumpTo(key) => {
            let name = isolated_words(&question_name(locale, content, key));
            text!(locale, surveys.then_jump, question = name)
        }
        Consequence::Require(key) => {
            let name = isolated_words(&question_name(locale, content, key));
            text!(locale, surveys.then_require, question = name)
        }
        Consequence::Calculate { variable, operation: how, value } => {
            let value = match value {
                Value::AnswerTo(key) => isolated_words(&answer_name(locale, content, key)),
                value => isolated_words(&value.to_string()),
            };
            let how = operation(locale, *how);
            text!(locale, surveys.then_calculate, variable = variable, how = how, value = value)
        }
    }
}
