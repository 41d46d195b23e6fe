//! What a browser posts: fields, and files where a page asks for some.

use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, Form, FromRequest, Multipart, Request};
use http::header::CONTENT_TYPE;
use px360_domain::Failure;
use px360_domain::surveys::SURVEY_FILE_BYTES_MAX;
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
    /// The files that were chosen.
    pub(super) files: Vec<PostedFile>,
    /// Held as long as the files are.
    _room: Option<FileRoom>,
}

/// A file of a form.
pub(super) struct PostedFile {
    /// The key of the question that it answers.
    pub(super) question: String,
    /// What it is called there.
    pub(super) name: String,
    /// What it holds; nothing of one that is too large.
    pub(super) bytes: Option<Vec<u8>>,
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Calm;

    async fn from_request(mut request: Request, state: &S) -> Result<Self, Calm> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            let form = Form::from_request(request, state).await;
            let Form(fields) = form.map_err(|_no_form| malformed())?;
            return Ok(Self { fields, ..Self::default() });
        }
        let room = room_for_file().map_err(Calm)?;
        DefaultBodyLimit::max(FORM_BYTES_MAX).apply(&mut request);
        let form = Multipart::from_request(request, state).await;
        let mut posted = Self { _room: Some(room), ..Self::default() };
        posted.read(form.map_err(|_no_form| malformed())?).await?;
        Ok(posted)
    }
}

/// Not a form of ours, or far larger than one.
fn malformed() -> Calm {
    Calm(Failure::malformed("form"))
}

impl Posted {
    async fn read(&mut self, mut form: Multipart) -> Result<(), Calm> {
        let mut words_left = WORDS_BYTES_MAX;
        while let Some(part) = form.next_field().await.map_err(|_broken| malformed())? {
            let name = part.name().unwrap_or_default().to_owned();
            let called = part.file_name().map(str::to_owned);
            let most = if called.is_some() { SURVEY_FILE_BYTES_MAX } else { words_left };
            let bytes = whole(part, most).await?;
            match (called, bytes) {
                // Nothing was chosen.
                (Some(called), Some(bytes)) if called.is_empty() && bytes.is_empty() => {}
                (Some(called), bytes) => {
                    if let Some(question) = name.strip_suffix(FILE) {
                        let question = question.to_owned();
                        self.files.push(PostedFile { question, name: called, bytes });
                    }
                }
                (None, Some(bytes)) => {
                    // An empty field costs something, too.
                    words_left = words_left.saturating_sub(bytes.len() + name.len() + 16);
                    self.fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
                }
                (None, None) => return Err(malformed()),
            }
        }
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
