//! What a browser posts: fields, and files where a page asks for some.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, Form, FromRequest, Multipart, Request};
use px360_domain::Failure;
use px360_domain::surveys::{Question, QuestionKind, SURVEY_FILE_BYTES_MAX};
use px360_server::Ctx;
use px360_server::http::limits::is_form_of_parts;
use px360_server::surveys::{FileRoom, room_for_file};

use super::visit::Calm;

/// A file that is longer than what is kept is read to this length all the same: what else stands on its page is not lost.
const FORM_BYTES_MAX: usize = 64 << 20;
/// The most that all fields of a form with files may say, in bytes.
const WORDS_BYTES_MAX: usize = 256 << 10;

/// What a file's control is called, behind the key of its question. No answer is: keys have no dot at their end.
pub(super) const FILE: &str = ".file";

/// A posted form.
#[derive(Default)]
pub(super) struct Posted {
    /// The fields, in their order.
    pub(super) fields: Vec<(String, String)>,
    /// The files that were chosen, by the keys of the questions that ask for them; of each the last one.
    pub(super) files: BTreeMap<String, PostedFile>,
    /// Held as long as the files are.
    room: Option<FileRoom>,
}

/// A file of a form.
pub(super) struct PostedFile {
    /// What it is called there.
    pub(super) name: String,
    /// What it holds.
    pub(super) bytes: Result<Vec<u8>, NotRead>,
}

/// Why a file was not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotRead {
    /// It is longer than what is kept.
    TooLarge,
    /// Others are sending theirs.
    Busy,
}

impl Posted {
    /// Reads what was posted by whoever may answer these questions. Files that none of them asks for are left out.
    ///
    /// # Errors
    /// Refused is what is no form.
    pub(super) async fn of<'a>(
        mut request: Request,
        ctx: &Ctx,
        questions: impl Iterator<Item = &'a Question>,
    ) -> Result<Self, Calm> {
        let asked = questions.filter(|question| question.kind == QuestionKind::File);
        let asked: BTreeSet<&str> = asked.map(|question| question.key.as_str()).collect();
        if !is_form_of_parts(request.headers()) {
            let form = Form::from_request(request, &()).await;
            let Form(fields) = form.map_err(|_no_form| malformed())?;
            return Ok(Self { fields, ..Self::default() });
        }
        if !asked.is_empty() {
            DefaultBodyLimit::max(FORM_BYTES_MAX).apply(&mut request);
        }
        let form = Multipart::from_request(request, &()).await;
        let mut form = form.map_err(|_no_form| malformed())?;
        let mut posted = Self::default();
        let mut words_left = WORDS_BYTES_MAX;
        while let Some(part) = form.next_field().await.map_err(|_broken| malformed())? {
            let name = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                Some(called) => {
                    let key = name.strip_suffix(FILE).filter(|key| asked.contains(key));
                    posted.take_file(ctx, key, called, part).await?;
                }
                None => {
                    let words = whole(part, words_left).await?.ok_or_else(malformed)?;
                    // An empty field costs something, too.
                    words_left = words_left.saturating_sub(words.len() + name.len() + 16);
                    posted.fields.push((name, String::from_utf8_lossy(&words).into_owned()));
                }
            }
        }
        Ok(posted)
    }

    /// A file of this question, in place of an earlier one; of none, it is read to its end and dropped.
    async fn take_file(
        &mut self,
        ctx: &Ctx,
        key: Option<&str>,
        name: String,
        mut part: Field<'_>,
    ) -> Result<(), Calm> {
        let first = part.chunk().await.map_err(|_broken| malformed())?.unwrap_or_default();
        // Without a name nothing was chosen.
        let Some(key) = key.filter(|_| !name.is_empty()) else {
            whole(part, 0).await?;
            return Ok(());
        };
        self.files.remove(key);
        if self.room.is_none() {
            self.room = room_for_file(ctx).ok();
        }
        let most = if self.room.is_some() { SURVEY_FILE_BYTES_MAX } else { 0 };
        let rest = whole(part, most.saturating_sub(first.len())).await?;
        let bytes = match rest {
            _ if self.room.is_none() => Err(NotRead::Busy),
            Some(rest) => Ok([first.as_ref(), &rest].concat()),
            None => Err(NotRead::TooLarge),
        };
        self.files.insert(key.to_owned(), PostedFile { name, bytes });
        Ok(())
    }
}

/// All of a part; nothing of one that is longer, which is read to its end.
async fn whole(mut part: Field<'_>, bytes_max: usize) -> Result<Option<Vec<u8>>, Calm> {
    let mut whole = Some(Vec::new());
    while let Some(piece) = part.chunk().await.map_err(|_broken| malformed())? {
        whole = whole.filter(|so_far| so_far.len() + piece.len() <= bytes_max);
        if let Some(so_far) = &mut whole {
            so_far.extend_from_slice(&piece);
        }
    }
    Ok(whole)
}

/// Not a form of ours, or far larger than one.
fn malformed() -> Calm {
    Calm(Failure::malformed("form"))
}
