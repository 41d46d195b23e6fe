//! What providers tell us later about messages that they took.

use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
pub use px360_domain::notifications::ReceiptStep;

/// A provider's request, as it came.
pub struct Callback<'a> {
    /// The address that was asked, as the world calls it: with our public name, and its query.
    pub url: &'a str,
    /// What stood above the body.
    pub headers: &'a HeaderMap,
    /// The body, unread.
    pub body: &'a [u8],
}

impl Callback<'_> {
    /// A header, where it is text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// A value of the query.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.url.split_once('?')?;
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }
}

/// One thing that a provider says about one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryReceipt {
    /// What the provider calls the message.
    pub provider_message_id: String,
    /// What we call it, where the provider hands that back.
    pub idempotency_key: Option<String>,
    /// How far it came.
    pub status: ReceiptStep,
    /// The provider's code of what went wrong.
    pub error: Option<String>,
    /// When, where the provider says so.
    pub at: Option<DateTime<Utc>>,
}

/// Why a provider's word is worth nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallbackError {
    /// No such provider is configured, or it has no key to sign with.
    #[error("no receipts are expected")]
    NotServed,
    /// Without a signature, or with somebody else's.
    #[error("not signed by the provider")]
    NotSigned,
    /// Signed, and still not what this provider sends.
    #[error("cannot be read")]
    Malformed,
}
