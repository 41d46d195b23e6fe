//! FHIR R4 (and what R5 calls otherwise): encounters and patients, alone or in a bundle.

mod answer;
mod encounter;
mod patient;
mod resources;
mod split;

use std::collections::BTreeSet;

use super::reading::Findings;
use crate::FieldFault;
use crate::integrations::{CODE_CHARS_MAX, EventMessage};
use serde_json::Value;

pub use answer::answer;
use resources::{Resources, at, text};
pub use split::{Envelope, split};

/// Reads a message: a bundle with one encounter or patient, or the resource itself.
///
/// `wanted` are the fields that conditions look at, as paths into the encounter (`type.0.text`); `digest` tells contents apart that
/// name themselves in no way.
///
/// # Errors
/// Every fault by its place (`Encounter.period.start`): `resource_unknown`, `required`, `too_long`,
/// `time_invalid`, `status_unknown`.
pub fn read(
    value: &Value,
    wanted: &BTreeSet<String>,
    digest: &str,
) -> Result<EventMessage, Vec<FieldFault>> {
    let resources = Resources::of(value);
    let mut reader = Reader { resources, found: Findings::default() };
    let id = id(value, digest);
    let event = match (reader.resources.first("Encounter"), reader.resources.first("Patient")) {
        (Some(encounter), _) => reader.encounter(id, encounter, wanted),
        (None, Some(patient)) => reader.person(id, patient),
        (None, None) => reader.found.fault("resourceType", "resource_unknown"),
    };
    reader.found.finish(event)
}

/// What makes a message one: the bundle's identifier, the id of its header, the version of a resource; of
/// what names none of these, its content.
pub fn id(value: &Value, digest: &str) -> String {
    let resources = Resources::of(value);
    let named = text(at(value, "identifier.value"))
        .or_else(|| text(at(resources.first("MessageHeader")?, "id")))
        .or_else(|| version(resources.first("Encounter").or_else(|| resources.first("Patient"))?));
    let fits = named.filter(|id| id.chars().count() <= CODE_CHARS_MAX && !id.contains('\0'));
    fits.unwrap_or_else(|| digest.to_owned())
}

fn version(resource: &Value) -> Option<String> {
    let kind = text(at(resource, "resourceType"))?;
    let id = text(at(resource, "id"))?;
    let version =
        text(at(resource, "meta.versionId")).or_else(|| text(at(resource, "meta.lastUpdated")))?;
    Some(format!("{kind}/{id}/{version}"))
}

/// Collects faults while reading.
struct Reader<'a> {
    resources: Resources<'a>,
    found: Findings,
}

#[cfg(test)]
mod tests;
