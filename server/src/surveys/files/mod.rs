//! Files that patients add to their answers: a photograph, a bill, a letter.
//!
//! One answer has one file, which the answer names. A file that no answer names goes with the next page that is handed
//! in. Pictures are made anew; documents are only ever sent as something to be saved.

mod keep;
mod room;
mod send;
mod store;

use px360_domain::ids::SurveyId;
use px360_domain::surveys::{Answer, Answers, SurveyContent};
use px360_domain::{Failure, FieldFault};

use crate::error::Result;
use crate::tx::Tx;

pub use keep::keep_file;
pub(super) use keep::must_be_asked;
pub use room::{FileRoom, room_for_file};
pub use send::survey_file;
pub(super) use store::{forget_unnamed, of_survey};

/// Settles which files stay, once it is known what a survey's answers will be: those that an answer names. True when one
/// went. An answer that names none of this survey's files is taken out, unless it is handed in.
///
/// # Errors
/// `Invalid` with `unknown_file` on each such answer that is handed in.
pub(super) async fn settle(
    tx: &mut Tx,
    id: SurveyId,
    content: &SurveyContent,
    answers: &mut Answers,
    hand_in: bool,
) -> Result<bool> {
    let mut keys = content.file_keys().peekable();
    if keys.peek().is_none() {
        return Ok(false);
    }
    let named: Vec<(String, String)> = keys
        .filter_map(|key| match answers.get(key) {
            Some(Answer::Words(file)) => Some((key.to_owned(), file.clone())),
            _ => None,
        })
        .collect();
    let (kept, gone) = store::forget_others(tx, id, &named).await?;
    let unknown = named.into_iter().map(|(key, _)| key).filter(|key| !kept.contains(key));
    if hand_in {
        let faults = unknown.map(|key| FieldFault::new(&key, "unknown_file")).collect();
        Failure::unless_empty(faults)?;
    } else {
        unknown.for_each(|key| {
            answers.remove(&key);
        });
    }
    Ok(gone > 0)
}
