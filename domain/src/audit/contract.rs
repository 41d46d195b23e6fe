//! What crosses the wire about the audit log.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Outcome;
use crate::Bilingual;

/// The longest words that can be searched for.
pub const SEARCH_CHARS_MAX: usize = 100;

/// Which entries. Absent means any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFilter {
    /// Who: a username, or the id of a source or survey.
    #[serde(default)]
    pub actor: Option<String>,
    /// The glossary's word for the thing, for example `action`.
    #[serde(default)]
    pub entity: Option<String>,
    /// Which one.
    #[serde(default)]
    pub entity_id: Option<String>,
    /// What was done: `action.closed`, or `action` for all that begins with it.
    #[serde(default)]
    pub action: Option<String>,
    /// How it ended.
    #[serde(default)]
    pub outcome: Option<Outcome>,
    /// Words that occur somewhere in the entry, in either case; at most
    /// [`SEARCH_CHARS_MAX`] characters.
    #[serde(default)]
    pub search: Option<String>,
    /// Not before this instant.
    #[serde(default, with = "crate::compact::instant_option")]
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    #[serde(default, with = "crate::compact::instant_option")]
    pub until: Option<DateTime<Utc>>,
    /// Opaque, from the page before.
    #[serde(default)]
    pub cursor: Option<String>,
    /// How many rows, 1 to [`PAGE_SIZE_MAX`](crate::page::PAGE_SIZE_MAX); 50 when absent.
    #[serde(default)]
    pub limit: Option<u16>,
}

/// One thing that was done, or refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEvent {
    /// Its number; grows with time.
    pub id: i64,
    /// Its chain.
    pub lane: i16,
    /// Which link of the chain it is: an unbroken count, by which a shipper of logs sees whether it
    /// has all of them.
    pub position: i64,
    /// When.
    #[serde(with = "crate::compact::instant")]
    pub at: DateTime<Utc>,
    /// `user`, `source`, `patient`, `system` or `anonymous`.
    pub actor_kind: String,
    /// Which one of these: a username, or an id.
    pub actor: String,
    /// Noun and past tense: `action.closed`.
    pub action: String,
    /// The glossary's word for the thing.
    pub entity: String,
    /// Which one.
    pub entity_id: String,
    /// Whose tenant, where it belongs to one.
    pub hospital: Option<Bilingual>,
    /// What changed. Never secrets, never a patient's words or contact data.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub detail: serde_json::Value,
    /// How it ended.
    pub outcome: Outcome,
    /// The address of the client.
    pub ip: Option<String>,
    /// What the client said it was.
    pub user_agent: Option<String>,
    /// The id under which the log tells more.
    pub request_id: String,
}

/// One page of the audit log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// The entries, newest first.
    pub items: Vec<AuditEvent>,
    /// Give back as `cursor` for the next page.
    pub next_cursor: Option<String>,
}
