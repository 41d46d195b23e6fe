//! A loaded value, of whatever type.

use std::any::Any;
use std::sync::Arc;

use leptos::prelude::codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::UiError;
use crate::wire;

/// A value as it was asked for, or as it stands in the page.
#[derive(Clone)]
pub(super) struct Piece {
    value: Option<Arc<dyn Any + Send + Sync>>,
    bytes: Option<Arc<[u8]>>,
}

impl Piece {
    /// The server also keeps the value as the page will hold it; the browser has no use for that.
    pub(super) fn of<T: Serialize + Send + Sync + 'static>(value: T) -> Result<Self, UiError> {
        #[cfg(feature = "ssr")]
        let bytes = Some(wire::write(&value).map_err(|_unwritable| UiError::Transport)?.into());
        #[cfg(not(feature = "ssr"))]
        let bytes = None;
        Ok(Self { value: Some(Arc::new(value)), bytes })
    }

    /// The value. Bytes are read at each call; that is once, as pages look at what they load.
    pub(super) fn open<T: Clone + DeserializeOwned + 'static>(&self) -> Result<T, UiError> {
        if let Some(value) = self.value.as_ref().and_then(|value| value.downcast_ref::<T>()) {
            return Ok(value.clone());
        }
        let bytes = self.bytes.as_deref().ok_or(UiError::Transport)?;
        wire::read(bytes).map_err(|_unreadable| UiError::Transport)
    }
}

/// How an answer stands in the page: a sign, and the value or the error in base64.
pub(super) struct Text;

const VALUE: char = '+';
const ERROR: char = '-';

impl Encoder<Result<Piece, UiError>> for Text {
    type Error = postcard::Error;
    type Encoded = String;

    fn encode(answer: &Result<Piece, UiError>) -> Result<String, Self::Error> {
        Ok(match answer {
            Ok(piece) => format!("{VALUE}{}", to_text(piece.bytes.as_deref().unwrap_or_default())),
            Err(error) => format!("{ERROR}{}", to_text(&wire::write(error)?)),
        })
    }
}

impl Decoder<Result<Piece, UiError>> for Text {
    type Error = postcard::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<Result<Piece, UiError>, Self::Error> {
        match text.strip_prefix(ERROR) {
            Some(error) => wire::read(&from_text(error)?).map(Err),
            None => {
                let bytes = from_text(text.strip_prefix(VALUE).unwrap_or(text))?;
                Ok(Ok(Piece { value: None, bytes: Some(bytes.into()) }))
            }
        }
    }
}

#[cfg(feature = "ssr")]
fn to_text(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// Pages are written on the server only.
#[cfg(not(feature = "ssr"))]
fn to_text(_bytes: &[u8]) -> String {
    String::new()
}

#[cfg(feature = "ssr")]
fn from_text(text: &str) -> Result<Vec<u8>, postcard::Error> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(text);
    bytes.map_err(|_not_base64| postcard::Error::DeserializeBadEncoding)
}

/// The browser has a reader of its own, which gives each byte as a character.
#[cfg(not(feature = "ssr"))]
fn from_text(text: &str) -> Result<Vec<u8>, postcard::Error> {
    let unreadable = || postcard::Error::DeserializeBadEncoding;
    let letters = leptos::prelude::window().atob(text).map_err(|_not_base64| unreadable())?;
    letters.chars().map(|letter| u8::try_from(letter).map_err(|_no_byte| unreadable())).collect()
}
