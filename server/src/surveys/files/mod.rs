//! Files that patients add to their answers: a photograph, a bill, a letter.
//!
//! One answer has one file, which the answer names. A file that no answer names goes with the next page that is handed
//! in. Pictures are made anew; documents are only ever sent as something to be saved.

mod keep;
mod send;
mod store;

use px360_domain::ids::SurveyId;
use px360_domain::surveys::{Answer, Answers, SurveyContent};
use px360_domain::{Failure, FieldFault};

use crate::error::Result;
use crate::tx::Tx;

pub use keep::{FileRoom, keep_file, room_for_file};
pub use send::survey_file;
pub(super) use store::of_survey;

/// Settles which files stay, once a survey's answers are written: those that an answer names.
///
/// # Errors
/// `Invalid` with `unknown_file` on each answer that names none of this survey's files.
pub(super) async fn settle(
    tx: &mut Tx,
    id: SurveyId,
    content: &SurveyContent,
    answers: &Answers,
) -> Result<()> {
    let mut keys = content.file_keys().peekable();
    if keys.peek().is_none() {
        return Ok(());
    }
    let named: Vec<(&str, &str)> = keys
        .filter_map(|key| match answers.get(key) {
            Some(Answer::Words(file)) => Some((key, file.as_str())),
            _ => None,
        })
        .collect();
    let kept = store::forget_others(tx, id, &named).await?;
    let unknown = named.iter().filter(|(key, _)| !kept.iter().any(|one| one == key));
    Ok(Failure::unless_empty(
        unknown.map(|(key, _)| FieldFault::new(*key, "unknown_file")).collect(),
    )?)
}
