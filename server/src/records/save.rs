//! Records as the forms of our own pages send them.

use px360_domain::Failure;
use px360_domain::records::{Field, FieldValue, Form, Kept, RecordKind, SaveRecord, parse_text};
use serde_json::{Map, Value};

use super::{Change, Create, change, create};
use crate::ctx::Ctx;
use crate::error::Result;

/// Makes or changes a record by what a form holds.
///
/// # Errors
/// As [`create`] and [`change`].
pub async fn save(ctx: &Ctx, cmd: SaveRecord) -> Result<Kept> {
    let doc = doc(cmd.kind, cmd.fields)?;
    match cmd.existing {
        Some(Kept { id, version }) => {
            change(ctx, cmd.kind, id, Change { version, doc, whole: false }).await
        }
        None => create(ctx, cmd.kind, Create { doc, idempotency_key: None }).await,
    }
}

fn doc(kind: RecordKind, fields: Vec<(String, FieldValue)>) -> Result<Map<String, Value>, Failure> {
    fields
        .into_iter()
        .map(|(name, value)| {
            let field = kind.field(&name);
            let field = field.ok_or_else(|| Failure::invalid(&name, "unknown_field"))?;
            Ok((name, json_of(field, value)))
        })
        .collect()
}

/// The value as the REST doors take it.
fn json_of(field: &Field, value: FieldValue) -> Value {
    match (field.form, value) {
        (_, FieldValue::Empty) => Value::Null,
        // What is no number stays as it was typed, and is refused with every other fault.
        (Form::Degrees(..), FieldValue::Text(text)) => {
            parse_text(field, &text).unwrap_or(Value::String(text))
        }
        (_, FieldValue::Text(text)) => Value::String(text),
        (_, FieldValue::Flag(flag)) => Value::Bool(flag),
        (_, FieldValue::Ref { id, .. }) => Value::String(id.to_string()),
        (Form::Rows(fields), FieldValue::Rows(rows)) => {
            let row = |values: Vec<FieldValue>| {
                let named = fields.iter().zip(values);
                let named =
                    named.map(|(field, value)| (field.name.to_owned(), json_of(field, value)));
                Value::Object(named.collect())
            };
            Value::Array(rows.into_iter().map(row).collect())
        }
        (_, FieldValue::Rows(_)) => Value::Null,
    }
}
