//! Which questions somebody can come to.

use super::super::SurveyContent;
use super::super::logic::{Comparison, Condition, Consequence, LogicOperator, Operand};

/// The questions that no way leads to: behind a jump or an end that is always taken, or asked only after one of these.
pub(super) fn unreachable(content: &SurveyContent) -> Vec<usize> {
    let questions = &content.questions;
    let mut reached = vec![false; questions.len()];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for (index, question) in questions.iter().enumerate() {
        if !reached[index] {
            continue;
        }
        let visible = question
            .shown_if
            .as_ref()
            .is_none_or(|condition| possible(condition, content, &reached[..index]));
        let mut goes_on = true;
        for rule in question.rules.iter().filter(|_| visible) {
            let always = rule.when == Condition::ALWAYS && question.shown_if.is_none();
            match &rule.then {
                Consequence::JumpTo(key) => {
                    if let Some(place) = questions.iter().position(|it| it.key == *key) {
                        reached[place] = true;
                    }
                    goes_on &= !always;
                }
                Consequence::Finish => goes_on &= !always,
                _ => {}
            }
            if !goes_on {
                break;
            }
        }
        if let Some(next) = reached.get_mut(index + 1).filter(|_| goes_on) {
            *next = true;
        }
        reached[index] = visible;
    }
    (0..questions.len()).filter(|index| !reached[*index]).collect()
}

/// Whether it could hold, given which of the questions before it can be reached. Only what looks at a question that nobody comes to cannot.
fn possible(condition: &Condition, content: &SurveyContent, reached: &[bool]) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(|part| possible(part, content, reached)),
        Condition::Any(parts) => parts.iter().any(|part| possible(part, content, reached)),
        Condition::Is(Comparison { operand: Operand::Answer(key), operator, .. }) => {
            *operator == LogicOperator::IsSkipped
                || content
                    .questions
                    .iter()
                    .position(|question| question.answer_keys().any(|known| known == *key))
                    // That it looks ahead is told by itself.
                    .and_then(|place| reached.get(place).copied())
                    .unwrap_or(true)
        }
        Condition::Is(_) => true,
    }
}
