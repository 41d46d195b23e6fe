//! What a page loads: with the first page from the server, later by a call of its own.

use leptos::prelude::codee::{Decoder, Encoder};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::UiError;

/// Something that a page loads, and asks for again when what it depends on changes.
pub(crate) type Loaded<T> = Resource<Result<T, UiError>, Json>;

/// Loads; parts of the page that need it come later.
pub(crate) fn load<T, S, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    ask: impl Fn(S) -> F + Send + Sync + 'static,
) -> Loaded<T>
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    S: PartialEq + Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, UiError>> + Send + 'static,
{
    Resource::new_with_options(source, ask, false)
}

/// Loads before anything of the page is sent, because the whole page depends on it.
pub(crate) fn load_first<T, F>(ask: impl Fn() -> F + Send + Sync + 'static) -> Loaded<T>
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, UiError>> + Send + 'static,
{
    Resource::new_with_options(|| (), move |()| ask(), true)
}

/// JSON, read from bytes like the answers of server functions: read from a `str`, as Leptos does it,
/// every type would bring a second copy of its reader into the browser (a fifth of the bundle).
pub(crate) struct Json;

impl<T: Serialize> Encoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, Self::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Self::Error> {
        serde_json::from_slice(text.as_bytes())
    }
}
