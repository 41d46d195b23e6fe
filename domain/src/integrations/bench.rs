//! What crosses the wire about the test bench: messages that are tried, and nothing of them kept.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{CodeKind, EventEffects, EventFormat, EventReason, EventStatus};
use crate::FieldFault;
use crate::ids::{EventId, JourneyTemplateId, SourceId};
use crate::journeys::JourneyDetail;

/// The most bytes that may be tried at once.
pub const TRY_BYTES_MAX: usize = 128 * 1024;
/// The most messages that may be tried at once.
pub const TRY_MESSAGES_MAX: usize = 50;

/// Tries messages: what would they do, if this source sent them now?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TryMessages {
    /// Whose messages they would be.
    pub source_id: SourceId,
    /// A draft, or another version, that new journeys follow in place of what is published.
    #[serde(default)]
    pub template_id: Option<JourneyTemplateId>,
    /// The messages: JSON or NDJSON of ours, HL7 v2 in ER7, or FHIR in JSON; told apart by how they begin.
    pub payload: String,
}

/// What messages would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tried {
    /// One item for each message, in order.
    pub items: Vec<TriedMessage>,
    /// How the journeys of their encounters would stand.
    pub journeys: Vec<JourneyDetail>,
}

/// What one message would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TriedMessage {
    /// What its journey calls it; it is gone when this is read.
    pub event_id: EventId,
    /// In which format it was read.
    pub format: EventFormat,
    /// The source's id.
    pub source_event_id: Option<String>,
    /// What happened.
    pub event_code: Option<String>,
    /// The visit number.
    pub encounter_id: Option<String>,
    /// When it happened.
    pub occurred_at: Option<DateTime<Utc>>,
    /// Whether the source has sent it before: then it would do nothing more.
    pub duplicate: bool,
    /// Why it would be refused.
    pub faults: Vec<FieldFault>,
    /// What of it could not be used and would be left out.
    pub warnings: Vec<FieldFault>,
    /// Where it would stand.
    pub status: EventStatus,
    /// Why it would be parked or ignored.
    pub reason: Option<EventReason>,
    /// What kind of code it would wait for.
    pub waits_for_kind: Option<CodeKind>,
    /// The code that it would wait for.
    pub waits_for: Option<String>,
    /// What it would do.
    pub effects: EventEffects,
}

/// The format of a payload, by how it begins.
///
/// `MSH`, `FHS` or `BHS` begin HL7 v2; JSON with a `resourceType` is FHIR; everything else is our own JSON.
pub fn format_of(payload: &str) -> EventFormat {
    let text = payload.trim_start_matches(['\u{feff}', '\u{b}', ' ', '\t', '\r', '\n']);
    if ["MSH", "FHS", "BHS"].iter().any(|begins| text.starts_with(begins)) {
        EventFormat::Hl7v2
    } else if text.starts_with('{') && text.contains("\"resourceType\"") {
        EventFormat::Fhir
    } else {
        EventFormat::Json
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_says_by_its_beginning_what_it_is() {
        assert_eq!(format_of("\u{b}MSH|^~\\&|HIS"), EventFormat::Hl7v2);
        assert_eq!(format_of("\n  {\"resourceType\": \"Encounter\"}"), EventFormat::Fhir);
        assert_eq!(format_of("{\"source_event_id\": \"1\"}"), EventFormat::Json);
        assert_eq!(format_of("[{\"source_event_id\": \"1\"}]"), EventFormat::Json);
        assert_eq!(format_of(""), EventFormat::Json);
    }
}
