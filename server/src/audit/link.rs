//! One entry as the database keeps it, and what its hash is taken over.
//!
//! The same formula as the trigger's `audit_event_hash`, written a second time on purpose: whoever
//! owns the database can replace its functions, but not what stands here.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// Microseconds from 1970 to 2000, from which Postgres counts.
const POSTGRES_EPOCH_MICROS: i64 = 946_684_800_000_000;

/// One entry as it stands there. Everything may be missing: whoever owns the database can also take
/// away what forbids it.
#[derive(Clone, Debug, Default)]
pub(super) struct StoredLink {
    pub(super) lane: Option<i16>,
    pub(super) position: Option<i64>,
    pub(super) previous_hash: Option<Vec<u8>>,
    pub(super) hash: Option<Vec<u8>>,
    pub(super) id: Option<i64>,
    /// As Postgres sends it: microseconds since 2000, in eight bytes. Those of `infinity` are no
    /// instant of ours, and reading them as one would end the walk.
    pub(super) at: Option<Vec<u8>>,
    pub(super) actor_kind: Option<String>,
    pub(super) actor: Option<String>,
    pub(super) action: Option<String>,
    pub(super) entity: Option<String>,
    pub(super) entity_id: Option<String>,
    pub(super) hospital_id: Option<String>,
    /// As `jsonb` is printed: one spelling for one value.
    pub(super) detail: Option<String>,
    pub(super) outcome: Option<String>,
    pub(super) ip: Option<String>,
    pub(super) user_agent: Option<String>,
    pub(super) request_id: Option<String>,
}

impl StoredLink {
    /// The hash that this entry must have.
    pub(super) fn computed_hash(&self) -> Vec<u8> {
        Sha256::digest(self.canonical().as_bytes()).to_vec()
    }

    /// A JSON array as Postgres prints it: one space after each comma, and what is missing is `null`.
    fn canonical(&self) -> String {
        let previous_hash = self.previous_hash.as_deref().map(hex);
        let fields = [
            number(self.lane),
            number(self.position),
            text(previous_hash.as_deref()),
            number(self.id),
            number(self.at_micros()),
            text(self.actor_kind.as_deref()),
            text(self.actor.as_deref()),
            text(self.action.as_deref()),
            text(self.entity.as_deref()),
            text(self.entity_id.as_deref()),
            text(self.hospital_id.as_deref()),
            self.detail.clone().unwrap_or_else(null),
            text(self.outcome.as_deref()),
            text(self.ip.as_deref()),
            text(self.user_agent.as_deref()),
            text(self.request_id.as_deref()),
        ];
        format!("[{}]", fields.join(", "))
    }

    /// Microseconds since 1970; none for what is no instant.
    fn at_micros(&self) -> Option<i64> {
        let bytes = self.at.as_deref()?.try_into().ok()?;
        i64::from_be_bytes(bytes).checked_add(POSTGRES_EPOCH_MICROS)
    }
}

/// Bytes in hexadecimal, as Postgres' `encode` writes them.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

fn null() -> String {
    "null".to_owned()
}

fn number(value: Option<impl ToString>) -> String {
    value.map_or_else(null, |value| value.to_string())
}

/// `serde_json` and Postgres escape the same characters in the same way; a test compares them.
fn text(value: Option<&str>) -> String {
    value.map_or_else(null, |value| serde_json::Value::from(value).to_string())
}
