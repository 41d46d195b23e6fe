//! What a provider of the profile `http` says about messages.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ReceiptStep;

/// One thing about one message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptNote {
    /// What the provider calls the message, as it answered when it took it.
    pub id: String,
    /// The `idempotency_key` that the message came with.
    #[serde(default)]
    pub idempotency_key: Option<String>,
    /// How far it came.
    pub status: ReceiptStep,
    /// The provider's code of what went wrong.
    #[serde(default)]
    pub error: Option<String>,
    /// When; when we heard of it, where it is absent.
    #[serde(default)]
    pub at: Option<DateTime<Utc>>,
}
