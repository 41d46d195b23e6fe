//! What a page sees when a use case did not do what was asked.

use std::fmt;

use bytes::Bytes;
use leptos::server_fn::Decodes as _;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use px360_domain::Failure;
use serde::{Deserialize, Serialize};

use crate::wire::{ANOTHER_BUILD, Wire};

/// A no from us, or no answer at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UiError {
    /// A use case said no, and why.
    Refused(Failure),
    /// No answer, or none that is ours: the network, a proxy.
    Transport,
    /// The page is of another build than the server, so nothing was done.
    Outdated,
}

impl UiError {
    /// The HTTP status that says the same.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Refused(failure) => failure.status(),
            Self::Transport => 502,
            Self::Outdated => 412,
        }
    }
}

impl fmt::Display for UiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(failure) => failure.fmt(f),
            Self::Transport => f.write_str("no answer"),
            Self::Outdated => f.write_str("a page of another build"),
        }
    }
}

impl std::error::Error for UiError {}

impl From<Failure> for UiError {
    fn from(failure: Failure) -> Self {
        Self::Refused(failure)
    }
}

/// The file of a page could not be had.
impl From<wasm_split_helpers::SplitLoaderError> for UiError {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self::Transport
    }
}

impl FromServerFnError for UiError {
    type Encoder = Wire;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            // On the server: what it was sent is not what the function takes.
            #[cfg(feature = "ssr")]
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => {
                let failure = Failure::Malformed { code: "malformed_arguments".to_owned() };
                crate::ssr::answer_with(failure.status());
                Self::Refused(failure)
            }
            _ => Self::Transport,
        }
    }

    fn de(data: Bytes) -> Self {
        if data == ANOTHER_BUILD.as_bytes() {
            // Whatever asked; the banner says what to do about it.
            #[cfg(feature = "hydrate")]
            crate::ui::banners::tell_newer_version();
            return Self::Outdated;
        }
        Wire::decode(data).unwrap_or(Self::Transport)
    }
}

#[cfg(feature = "ssr")]
impl From<px360_server::Error> for UiError {
    fn from(error: px360_server::Error) -> Self {
        let failure = error.into_failure(&crate::ssr::request_id());
        crate::ssr::answer_with(failure.status());
        Self::Refused(failure)
    }
}
