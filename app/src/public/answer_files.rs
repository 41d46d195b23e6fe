//! Files of a posted page become answers.

use std::collections::BTreeMap;

use px360_domain::surveys::Answer;
use px360_domain::{Failure, FieldFault};
use px360_server::surveys;

use super::entered::Entered;
use super::posted::{NotRead, PostedFile};
use super::visit::Visit;

/// Keeps the files of a page and answers its questions with them; what is wrong with those that were not kept.
///
/// # Errors
/// Whatever keeps all of the page from being stored.
pub(super) async fn take_files(
    visit: &mut Visit,
    files: BTreeMap<String, PostedFile>,
    entered: &mut Entered,
) -> Result<Vec<FieldFault>, Failure> {
    let mut wrong = Vec::new();
    for (question, PostedFile { name, bytes }) in files {
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(why) => {
                let code = match why {
                    NotRead::TooLarge => "too_large",
                    NotRead::Busy => "file_busy",
                };
                wrong.push(FieldFault::new(&question, code));
                continue;
            }
        };
        match surveys::keep_file(&visit.ctx, &question, &name, bytes).await {
            Ok(file) => {
                entered.answers.insert(question.clone(), Answer::Words(file.id.to_string()));
                visit.survey.files.insert(question, file);
            }
            Err(error) => match visit.failure(error) {
                Failure::Invalid { faults } => wrong.extend(faults),
                failure => return Err(failure),
            },
        }
    }
    Ok(wrong)
}
