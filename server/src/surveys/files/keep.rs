//! A file comes in.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::surveys::{
    QuestionKind, SURVEY_FILE_BYTES_MAX, SurveyFile, SurveyFileFormat, SurveyStatus,
};
use serde_json::json;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::super::scale::{Frame, Unfit, small};
use super::super::store as surveys;
use super::store;
use crate::audit::Entry;
use crate::ctx::{Actor, Ctx};
use crate::error::Result;

/// Sharp enough to read a bill, and no longer than `survey_files_bytes_check` allows.
const FRAME: Frame = Frame { side: 2_048, bytes: 2 << 20 };

/// How far from its end a document says that it ends, in bytes: writers put some padding behind it.
const PDF_END: usize = 2_048;

/// Files that are taken in at once: each is held in memory until it is kept.
static ROOMS: Semaphore = Semaphore::const_new(16);

/// How long to wait while others send theirs.
const RETRY_SECONDS: u32 = 5;

/// Room for one file on its way in.
pub struct FileRoom(
    #[expect(dead_code, reason = "held until the file is kept")] SemaphorePermit<'static>,
);

/// Room for a file that is about to be sent: before it is taken in, for nobody may fill our memory.
///
/// # Errors
/// `TooMany` while others are sending theirs.
pub fn room_for_file() -> Result<FileRoom, Failure> {
    let room = ROOMS.try_acquire();
    room.map(FileRoom).map_err(|_full| Failure::TooMany { retry_after_seconds: RETRY_SECONDS })
}

/// Keeps the file of one question, in place of the one that was there. Nothing is answered by that: the answer that
/// names it comes with its page.
///
/// # Errors
/// `Invalid` on the question's key: `unknown_question` where no file is asked for, `too_large` above
/// [`SURVEY_FILE_BYTES_MAX`], `not_a_file` for what is neither JPEG nor PNG nor WebP nor PDF. `Conflict` with
/// `survey_closed` when nothing is answered any more.
pub async fn keep_file(ctx: &Ctx, key: &str, sent_as: &str, bytes: Vec<u8>) -> Result<SurveyFile> {
    let granted = ctx.require(Permission::SurveyAnswer)?;
    let Actor::Invited { survey: id } = *ctx.actor() else {
        return Err(Failure::Forbidden.into());
    };
    let (format, bytes) = readable(key, bytes).await?;
    let mut tx = ctx.begin(granted).await?;
    let survey = surveys::lock(&mut tx, id).await?;
    if matches!(survey.status, SurveyStatus::Completed | SurveyStatus::ScreenedOut) {
        return Err(Failure::conflict("survey_closed").into());
    }
    survey.must_be_open(tx.now())?;
    let content = surveys::content_in(&mut tx, survey.survey_version_id).await?;
    if content.question(key).is_none_or(|question| question.kind != QuestionKind::File) {
        return Err(Failure::invalid(key, "unknown_question").into());
    }
    let mut file = SurveyFile {
        id: tx.ctx().new_id(),
        name: format.name(sent_as),
        format,
        size: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
    };
    file.id = store::keep(&mut tx, id, key, &file, &bytes).await?;
    tx.record(
        Entry::done("survey_file.kept", "survey", id)
            .in_hospital(survey.hospital_id)
            .with(json!({ "format": format, "bytes": file.size })),
    );
    tx.commit().await?;
    Ok(file)
}

/// The file as it is kept: a picture is made anew, a document stays as it came.
async fn readable(key: &str, bytes: Vec<u8>) -> Result<(SurveyFileFormat, Vec<u8>)> {
    if bytes.len() > SURVEY_FILE_BYTES_MAX {
        return Err(Failure::invalid(key, "too_large").into());
    }
    if is_pdf(&bytes) {
        return Ok((SurveyFileFormat::Pdf, bytes));
    }
    let picture = small(bytes, FRAME).await?.map_err(|unfit| match unfit {
        Unfit::TooLarge => Failure::invalid(key, "too_large"),
        Unfit::NotAPicture => Failure::invalid(key, "not_a_file"),
    })?;
    Ok((SurveyFileFormat::Jpeg, picture))
}

/// Begins as a document must, at its first byte, so that it is nothing else besides, and ends as one.
fn is_pdf(bytes: &[u8]) -> bool {
    let end = &bytes[bytes.len().saturating_sub(PDF_END)..];
    bytes.starts_with(b"%PDF-") && end.windows(5).any(|five| five == b"%%EOF")
}

#[cfg(test)]
mod tests {
    use super::is_pdf;

    #[test]
    fn a_document_begins_and_ends_as_one() {
        assert!(is_pdf(b"%PDF-1.7\n1 0 obj\n%%EOF\n"));
        for other in [&b""[..], b"%PDF-1.7", b"GIF89a%PDF-1.7\n%%EOF", b"<html>%PDF-1.7 %%EOF"] {
            assert!(!is_pdf(other), "{other:?}");
        }
    }
}
