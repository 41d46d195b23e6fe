//! Surveys while people write them: what is asked of the server, how a draft is changed, how versions differ.

mod brackets;
mod contract;
mod diff;
mod draft;
mod keys;
mod kinds;
mod message;
mod pages;

pub use brackets::{bracket, condition_of, parts_of};
pub use contract::*;
pub use diff::{QuestionPart, SurveyChange, diff};
pub use draft::{DRAFT_BYTES_MAX, TITLE_CHARS_MAX, faults_of_draft};
pub use keys::{code_of, free_choice_key, free_quota_key};
pub use kinds::QuestionType;
pub use message::MessageSample;

#[cfg(test)]
mod tests;
