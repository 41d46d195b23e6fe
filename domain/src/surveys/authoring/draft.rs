//! What a draft may be: half written, but such that it can be kept.

use super::super::{QUESTIONS_MAX, SurveyContent};
use crate::{FieldFault, Locale};

/// The longest title, in characters.
pub const TITLE_CHARS_MAX: usize = 100;
/// The largest draft, in bytes of JSON.
pub const DRAFT_BYTES_MAX: usize = 256 << 10;

/// What keeps a draft from being kept; what only keeps it from being published is told by the check. `bytes` is how
/// long it is as JSON.
pub fn faults_of_draft(content: &SurveyContent, bytes: usize) -> Vec<FieldFault> {
    let title = Locale::ALL.iter().map(|locale| match locale {
        Locale::Ar => &content.title.ar,
        Locale::En => &content.title.en,
    });
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
    faults
}
