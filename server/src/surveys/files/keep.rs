//! A file comes in.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::surveys::{
    OpenSurveyState, QuestionKind, SURVEY_FILE_BYTES_MAX, SurveyContent, SurveyFile,
    SurveyFileFormat,
};
use serde_json::json;

use super::super::look::look;
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

/// Keeps the file of one question, in place of the one that was there.
///
/// Nothing is answered by that: the answer that names it comes with its page.
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
    must_be_asked(ctx, key).await?;
    let (format, bytes) = readable(key, bytes).await?;
    let mut tx = ctx.begin(granted).await?;
    let survey = surveys::lock(&mut tx, id).await?;
    survey.must_be_open(tx.now())?;
    let content = surveys::content_in(&mut tx, survey.survey_version_id).await?;
    must_ask(&content, key)?;
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

/// Whether a file of this question would be taken now: asked before it is read, and again when it is kept.
///
/// # Errors
/// As [`keep_file`].
pub(in crate::surveys) async fn must_be_asked(ctx: &Ctx, key: &str) -> Result<()> {
    let open = look(ctx).await?;
    if open.state != OpenSurveyState::Open {
        return Err(Failure::conflict("survey_closed").into());
    }
    must_ask(&open.content, key)
}

fn must_ask(content: &SurveyContent, key: &str) -> Result<()> {
    let asked = content.question(key).is_some_and(|question| question.kind == QuestionKind::File);
    if asked { Ok(()) } else { Err(Failure::invalid(key, "unknown_question").into()) }
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
