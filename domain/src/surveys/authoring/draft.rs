//! What a draft may be: half written, but such that it can be kept.

use super::super::logic::Condition;
use super::super::{QUESTIONS_MAX, QuestionKind, SurveyContent};
use crate::{FieldFault, Locale};

/// The longest title, in characters.
pub const TITLE_CHARS_MAX: usize = 100;
/// The largest draft, in bytes of JSON.
pub const DRAFT_BYTES_MAX: usize = 256 << 10;

/// The most choices or rows of one question, and the most values of one comparison, that can be kept.
const PARTS_MAX: usize = 60;
/// The most columns of a matrix that can be kept.
const COLUMNS_MAX: usize = 20;
/// The most rules and variables, and the most comparisons, of one survey.
const RULES_MAX: usize = 400;

/// What keeps a draft from being kept; what only keeps it from being published is told by the check. `bytes` is how
/// long it is as JSON.
pub fn faults_of_draft(content: &SurveyContent, bytes: usize) -> Vec<FieldFault> {
    let title = Locale::ALL.iter().map(|locale| content.title.written(*locale));
    let mut faults = Vec::new();
    if title.into_iter().any(|title| title.chars().count() > TITLE_CHARS_MAX) {
        faults.push(FieldFault::new("title", "too_long"));
    }
    if content.questions.len() > QUESTIONS_MAX {
        faults.push(FieldFault::new("questions", "too_many"));
    }
    if bytes > DRAFT_BYTES_MAX {
        faults.push(FieldFault::new("content", "too_large"));
    }
    for (index, question) in content.questions.iter().enumerate() {
        if has_too_many_parts(&question.kind) {
            faults.push(FieldFault::new(&format!("questions.{index}.kind"), "too_many"));
        }
    }
    if has_too_much_logic(content) {
        faults.push(FieldFault::new("logic", "too_many"));
    }
    faults
}

/// More than any page can show: whoever looks at a draft renders it.
fn has_too_many_parts(kind: &QuestionKind) -> bool {
    let columns = match kind {
        QuestionKind::Matrix { columns, .. } => columns.len(),
        _ => 0,
    };
    kind.parts().len() > PARTS_MAX || columns > COLUMNS_MAX
}

/// More than anybody understands: every answer of every patient goes through all of it.
fn has_too_much_logic(content: &SurveyContent) -> bool {
    let rules: usize = content.questions.iter().map(|question| question.rules.len()).sum();
    let conditions = content.questions.iter().flat_map(|question| {
        question.shown_if.iter().chain(question.rules.iter().map(|rule| &rule.when))
    });
    let comparisons: Vec<_> = conditions.flat_map(Condition::comparisons).collect();
    rules + content.rules.len() + content.variables.len() > RULES_MAX
        || comparisons.len() > RULES_MAX
        || comparisons.iter().any(|one| one.values.len() > PARTS_MAX)
        || content.rules.iter().any(|rule| rule.values.len() > PARTS_MAX)
}
