//! How the server answers our own pages.
//!
//! Compact and without names (postcard): the readers of JSON would be a tenth of what the browser
//! loads (ADR 0018). What has no names can be misread, so both ways carry the fingerprint of the
//! sources that both sides were built from: a call says it in `Accept`, and one of another build is
//! refused before anything is done; an answer begins with it, and one of another build is not read.
//! Such a page shows the banner that asks to load it anew.

use bytes::Bytes;
use leptos::server_fn::codec::Post;
use leptos::server_fn::{ContentType, Decodes, Encodes, Format, FormatType};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What `build.rs` computed over everything that decides how answers are laid out.
const FINGERPRINT: [u8; 8] = *include_bytes!(concat!(env!("OUT_DIR"), "/wire"));

/// What a call of a page of another build is answered with, whatever the builds are. Never changes.
pub const ANOTHER_BUILD: &str = "px360: this page is of another build";

/// What our pages accept: answers of this very build. `server_fn` sends it with every call.
pub const ANSWER_TYPE: &str = concat!("application/vnd.px360.page;build=", env!("PX360_WIRE"));

/// The encoding of answers.
pub struct Wire;

/// Answers of server functions: `output = Answer`.
pub type Answer = Post<Wire>;

impl ContentType for Wire {
    const CONTENT_TYPE: &'static str = ANSWER_TYPE;
}

impl FormatType for Wire {
    const FORMAT_TYPE: Format = Format::Binary;
}

impl<T: Serialize> Encodes<T> for Wire {
    type Error = postcard::Error;

    fn encode(value: &T) -> Result<Bytes, Self::Error> {
        write(value).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for Wire {
    type Error = postcard::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        read(&bytes)
    }
}

/// Writes a value behind the fingerprint.
pub(crate) fn write<T: Serialize>(value: &T) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_extend(value, FINGERPRINT.to_vec())
}

/// Reads a value that this very build has written.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, postcard::Error> {
    let ours = bytes.strip_prefix(&FINGERPRINT).ok_or(postcard::Error::DeserializeBadEncoding)?;
    postcard::from_bytes(ours)
}

#[cfg(test)]
mod tests {
    use px360_domain::Bilingual;
    use px360_domain::surveys::SurveyContent;

    /// Without names on the wire, a field that is left out takes the place of the next one.
    #[test]
    fn a_survey_with_nothing_in_it_comes_back_as_it_was_sent() {
        let content = SurveyContent::blank(Bilingual::new("", "Title"));
        let sent = super::write(&content).expect("written");
        assert_eq!(super::read::<SurveyContent>(&sent).expect("read"), content);
    }
}
