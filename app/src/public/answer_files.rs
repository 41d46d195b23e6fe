//! Files of a posted page become answers.

use px360_domain::surveys::{Answer, Question};
use px360_domain::{Failure, FieldFault};
use px360_server::surveys;

use super::entered::Entered;
use super::posted::PostedFile;
use super::visit::Visit;

/// Keeps the files of a page and answers its questions with them; what is wrong with those that were not kept.
///
/// # Errors
/// Whatever keeps all of the page from being stored.
pub(super) async fn take_files(
    visit: &mut Visit,
    page: u8,
    files: Vec<PostedFile>,
    entered: &mut Entered,
) -> Result<Vec<FieldFault>, Failure> {
    let mut wrong = Vec::new();
    for PostedFile { question, name, bytes } in files {
        let asked = |it: &Question| it.key == question;
        if !visit.survey.content.on_page(page).any(asked) {
            continue;
        }
        let Some(bytes) = bytes else {
            wrong.push(FieldFault::new(&question, "too_large"));
            continue;
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
