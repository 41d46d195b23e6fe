//! What every gateway promises.

use std::fmt;
use std::num::NonZeroU32;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use px360_domain::Locale;
use px360_domain::notifications::Channel;

use super::receipts::{Callback, CallbackError, DeliveryReceipt};

/// One way out of the house.
#[async_trait]
pub trait Gateway: Send + Sync {
    /// The word that the notification log knows it by.
    fn provider(&self) -> &'static str;

    /// What the provider's contract says.
    fn terms(&self) -> Terms {
        Terms::default()
    }

    /// Hands one message over. Ends within half a minute, whatever the other side does.
    ///
    /// # Errors
    /// Says whether another attempt can help; never names the address or the link.
    async fn send(&self, message: &OutgoingMessage) -> Result<Receipt, SendError>;

    /// Reads what the provider says later about messages that it took, once it is sure that it is the provider.
    ///
    /// # Errors
    /// Says whether it was not the provider, or not to be understood.
    fn receipts(&self, _callback: &Callback<'_>) -> Result<Vec<DeliveryReceipt>, CallbackError> {
        Err(CallbackError::NotServed)
    }

    /// What to answer a provider that asks whether this address is ours; none when it does not know the word.
    fn challenge(&self, _callback: &Callback<'_>) -> Option<String> {
        None
    }
}

/// What a provider's contract says; what is absent is not limited or not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The most messages within a minute.
    pub per_minute: Option<NonZeroU32>,
    /// What one part of a text message costs, in halalas.
    pub segment_halalas: Option<u32>,
}

/// One finished message.
#[derive(Clone, PartialEq, Eq)]
pub struct OutgoingMessage {
    /// The same for every attempt that might be a double; only ASCII letters, digits and dashes.
    pub idempotency_key: String,
    /// When it is sent.
    pub at: DateTime<Utc>,
    /// How it travels.
    pub channel: Channel,
    /// A phone number in E.164, or a mail address.
    pub address: String,
    /// The language of the text.
    pub language: Locale,
    /// The subject, where the channel has one.
    pub subject: Option<String>,
    /// What the person reads, with the link in it.
    pub text: String,
    /// The link once more, for channels that make a button of it.
    pub link: Option<String>,
    /// Where a patient stops messages, which begins as the link does.
    pub stop: Option<String>,
}

/// Hides who gets what: a message in a log line would be a leaked link.
impl fmt::Debug for OutgoingMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutgoingMessage")
            .field("idempotency_key", &self.idempotency_key)
            .field("channel", &self.channel)
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

/// That somebody took a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// What the provider calls it.
    pub provider_message_id: Option<String>,
}

/// Why a message was not taken. Causes are words of ours, never the other side's text: that may
/// repeat the address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It was not taken; later it may be.
    #[error("not now: {cause}")]
    Retry {
        /// What happened, such as `http 503`.
        cause: String,
        /// How long the provider asked us to wait.
        retry_after: Option<Duration>,
    },
    /// No answer came, so it may have been taken. Worth a retry under the same key.
    #[error("unknown: {cause}")]
    Unknown {
        /// What happened, such as `timeout`.
        cause: String,
    },
    /// It will never be taken on this channel.
    #[error("refused: {cause}")]
    Permanent {
        /// What happened, such as `smtp 550`.
        cause: String,
    },
}

impl SendError {
    pub(super) fn retry(cause: impl Into<String>) -> Self {
        Self::Retry { cause: cause.into(), retry_after: None }
    }

    pub(super) fn unknown(cause: impl Into<String>) -> Self {
        Self::Unknown { cause: cause.into() }
    }

    pub(super) fn permanent(cause: impl Into<String>) -> Self {
        Self::Permanent { cause: cause.into() }
    }

    /// What happened, in words that may be stored.
    pub fn cause(&self) -> &str {
        match self {
            Self::Retry { cause, .. } | Self::Unknown { cause } | Self::Permanent { cause } => {
                cause
            }
        }
    }
}
