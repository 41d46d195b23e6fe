//! A loaded value, of whatever type.

use std::any::Any;
use std::sync::Arc;

use leptos::prelude::codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::UiError;

/// A value as it was asked for, or as it stands in the page.
#[derive(Clone)]
pub(super) struct Piece {
    value: Option<Arc<dyn Any + Send + Sync>>,
    json: Option<Arc<str>>,
}

impl Piece {
    /// The server also keeps the value's text, for the page; the browser has no use for it.
    pub(super) fn of<T: Serialize + Send + Sync + 'static>(value: T) -> Result<Self, UiError> {
        #[cfg(feature = "ssr")]
        let json =
            Some(serde_json::to_string(&value).map_err(|_unwritable| UiError::Transport)?.into());
        #[cfg(not(feature = "ssr"))]
        let json = None;
        Ok(Self { value: Some(Arc::new(value)), json })
    }

    /// The value. A text is read at each call; that is once, as pages look at what they load.
    ///
    /// It is read from bytes, like the answers of server functions: read from a `str`, every type
    /// would bring a second copy of its reader into the browser.
    pub(super) fn open<T: Clone + DeserializeOwned + 'static>(&self) -> Result<T, UiError> {
        if let Some(value) = self.value.as_ref().and_then(|value| value.downcast_ref::<T>()) {
            return Ok(value.clone());
        }
        let json = self.json.as_deref().ok_or(UiError::Transport)?;
        serde_json::from_slice(json.as_bytes()).map_err(|_unreadable| UiError::Transport)
    }
}

/// How an answer stands in the page: a sign, and the JSON of the value or of the error.
pub(super) struct Text;

const VALUE: char = '+';
const ERROR: char = '-';

impl Encoder<Result<Piece, UiError>> for Text {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(answer: &Result<Piece, UiError>) -> Result<String, Self::Error> {
        Ok(match answer {
            Ok(piece) => format!("{VALUE}{}", piece.json.as_deref().unwrap_or_default()),
            Err(error) => format!("{ERROR}{}", serde_json::to_string(error)?),
        })
    }
}

impl Decoder<Result<Piece, UiError>> for Text {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<Result<Piece, UiError>, Self::Error> {
        match text.strip_prefix(ERROR) {
            Some(error) => serde_json::from_slice(error.as_bytes()).map(Err),
            None => {
                let json = text.strip_prefix(VALUE).unwrap_or(text);
                Ok(Ok(Piece { value: None, json: Some(json.into()) }))
            }
        }
    }
}
