//! What crosses the wire about the messages that staff get.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::NotificationKind;
use crate::Bilingual;
use crate::ids::{ActionId, NotificationId, SourceId};

/// A message as its recipient finds it in the program, whatever became of the mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notice {
    /// Which.
    pub id: NotificationId,
    /// What it is about.
    pub kind: NotificationKind,
    /// When it was written.
    #[serde(with = "crate::compact::instant")]
    pub at: DateTime<Utc>,
    /// When it was read, if it was.
    #[serde(with = "crate::compact::instant_option")]
    pub read_at: Option<DateTime<Utc>>,
    /// The action that it is about.
    pub action_id: Option<ActionId>,
    /// The source that it is about.
    pub source_id: Option<SourceId>,
    /// The action's reference, or what the source is called.
    pub reference: Option<String>,
    /// Where.
    pub hospital: Bilingual,
}

/// One page of somebody's messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Inbox {
    /// The messages, newest first.
    pub items: Vec<Notice>,
    /// Give back as `cursor` for the next page.
    pub next_cursor: Option<String>,
    /// How many are not read, on all pages.
    pub unread: i64,
    /// When this was true.
    #[serde(with = "crate::compact::instant")]
    pub as_of: DateTime<Utc>,
}

/// Which page of the messages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxFilter {
    /// Only what is not read.
    #[serde(default)]
    pub unread: bool,
    /// Opaque, from the page before.
    #[serde(default)]
    pub cursor: Option<String>,
    /// How many, 1 to [`PAGE_SIZE_MAX`](crate::page::PAGE_SIZE_MAX); 50 when absent.
    #[serde(default)]
    pub limit: Option<u16>,
}

/// Read messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadNotices {
    /// These, at most [`PAGE_SIZE_MAX`](crate::page::PAGE_SIZE_MAX).
    #[serde(default)]
    pub ids: Vec<NotificationId>,
    /// And everything up to this instant: what a reader has seen, who reads "all".
    #[serde(default, with = "crate::compact::instant_option")]
    pub until: Option<DateTime<Utc>>,
}
