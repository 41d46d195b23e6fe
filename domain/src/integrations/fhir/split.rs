//! A request becomes its messages: one for each encounter, or for each patient where there is none.

use crate::Failure;
use serde_json::{Value, json};

use super::resources::{at, text};

/// How the answer to a request is shaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Envelope {
    /// A resource or a message: an outcome.
    Single,
    /// A bundle whose entries are each answered.
    Batch,
    /// The same, as a transaction.
    Transaction,
}

/// Takes a request apart. A bundle with several encounters becomes one bundle for each, with everything that
/// they may refer to.
///
/// # Errors
/// `malformed_json`.
pub fn split(body: &str) -> Result<(Vec<String>, Envelope), Failure> {
    let value: Value = serde_json::from_str(body.trim_start_matches('\u{feff}'))
        .map_err(|_unreadable| Failure::malformed("malformed_json"))?;
    let envelope = match value.get("type").and_then(Value::as_str) {
        Some("batch") => Envelope::Batch,
        Some("transaction") => Envelope::Transaction,
        _ => Envelope::Single,
    };
    let entries: Vec<&Value> =
        at(&value, "entry").and_then(Value::as_array).into_iter().flatten().collect();
    let is = |entry: &&Value, kind: &str| {
        at(entry, "resource.resourceType").and_then(Value::as_str) == Some(kind)
    };
    let encounters: Vec<&Value> =
        entries.iter().copied().filter(|entry| is(entry, "Encounter")).collect();
    if encounters.len() < 2 {
        return Ok((vec![body.to_owned()], envelope));
    }
    let others: Vec<&Value> =
        entries.iter().copied().filter(|entry| !is(entry, "Encounter")).collect();
    let bundle_id = text(at(&value, "identifier.value"));
    let one = |(place, encounter): (usize, &Value)| {
        let mut entry = vec![encounter];
        entry.extend(others.iter().copied());
        let mut bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": entry });
        if let Some(id) = &bundle_id {
            bundle["identifier"] = json!({ "value": format!("{id}/{}", place + 1) });
        }
        bundle.to_string()
    };
    Ok((encounters.into_iter().enumerate().map(one).collect(), envelope))
}
