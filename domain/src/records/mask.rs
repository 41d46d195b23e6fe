//! What those see of a patient who need not know who it is (PDPL, article 23).

use serde_json::{Map, Value, json};

use super::{Field, Form, RecordKind};
use crate::organizations::{masked_email, masked_name, masked_phone};

/// The record with everything masked that tells who a patient is.
#[must_use]
pub fn masked(kind: RecordKind, mut record: Map<String, Value>) -> Map<String, Value> {
    for field in kind.fields().iter().filter(|field| field.identity) {
        if let Some(value) = record.get_mut(field.name) {
            *value = mask(field, value);
        }
    }
    record
}

fn mask(field: &Field, value: &Value) -> Value {
    let Some(text) = value.as_str().filter(|text| !text.is_empty()) else { return value.clone() };
    match field.form {
        Form::Phone | Form::Dial => json!(masked_phone(text)),
        Form::Email => json!(masked_email(text)),
        // The year is what rates by age need.
        Form::Day => json!(text.get(..4).unwrap_or_default()),
        Form::Text(_) => json!(masked_name(text)),
        _ => json!("•••"),
    }
}
