//! A message of any format becomes one of ours.

use std::collections::BTreeSet;

use px360_domain::FieldFault;
use px360_domain::integrations::{EventFormat, EventMessage, fhir, hl7, json};
use serde_json::Value;

/// Reads a stored or arriving message. `wanted` are the fields that conditions of templates look at, `digest`
/// is that of the payload.
///
/// # Errors
/// Every fault, with the place where it is in the words of the format: `patient.mobile`, `PID-3`,
/// `Encounter.period.start`.
pub(super) fn read(
    format: EventFormat,
    payload: &str,
    wanted: &BTreeSet<String>,
    digest: &[u8],
) -> Result<EventMessage, Vec<FieldFault>> {
    let value = || {
        serde_json::from_str::<Value>(payload)
            .map_err(|_unreadable| vec![FieldFault::new("", "malformed_json")])
    };
    match format {
        EventFormat::Json => json::read(&value()?),
        EventFormat::Hl7v2 => hl7::read(payload, wanted),
        EventFormat::Fhir => fhir::read(&value()?, wanted, &hex(digest)),
    }
}

/// The id that a faulty message carries, as far as it can be told.
pub(super) fn readable_id(format: EventFormat, payload: &str, digest: &[u8]) -> Option<String> {
    match format {
        EventFormat::Json => {
            let value: Value = serde_json::from_str(payload).ok()?;
            match value.get("source_event_id")? {
                Value::String(id) if !id.contains('\0') => Some(id.chars().take(100).collect()),
                Value::Number(id) => Some(id.to_string()),
                _ => None,
            }
        }
        EventFormat::Hl7v2 => hl7::control_id(payload),
        EventFormat::Fhir => Some(fhir::id(&serde_json::from_str(payload).ok()?, &hex(digest))),
    }
}

fn hex(digest: &[u8]) -> String {
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
