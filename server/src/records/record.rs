//! A record as the server holds it: a document in the shape that its kind describes.

use std::collections::HashMap;

use px360_domain::Bilingual;
use px360_domain::records::{Field, FieldValue, Form, RecordKind, RecordView, masked};
use serde_json::{Map, Value};
use uuid::Uuid;

/// What a statement gives of a record.
pub(in crate::records) struct Row {
    pub(super) id: Uuid,
    pub(super) version: i64,
    pub(super) doc: Value,
    pub(super) names: Value,
    /// Where it stands in the list's order.
    pub(super) place: String,
}

/// One record.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Which.
    pub id: Uuid,
    /// Grows with each change.
    pub version: i64,
    /// Its fields by name.
    pub doc: Map<String, Value>,
    names: HashMap<Uuid, Bilingual>,
}

impl Record {
    /// Masks what tells who a patient is, for whoever does not `identify`.
    pub(super) fn of(kind: RecordKind, row: Row, identify: bool) -> Self {
        let Value::Object(doc) = row.doc else { return Self::empty(row.id) };
        let doc = if identify { doc } else { masked(kind, doc) };
        let names = row.names.as_object().into_iter().flatten().filter_map(|(id, name)| {
            let text = |at: usize| name[at].as_str().unwrap_or_default();
            Some((id.parse().ok()?, Bilingual::new(text(0), text(1))))
        });
        Self { id: row.id, version: row.version, doc, names: names.collect() }
    }

    fn empty(id: Uuid) -> Self {
        Self { id, version: 0, doc: Map::new(), names: HashMap::new() }
    }

    /// What another record that this one refers to is called.
    pub(super) fn name_of(&self, id: Uuid) -> Option<Bilingual> {
        self.names.get(&id).cloned()
    }

    /// As REST sends it: the fields beside `id` and `version`.
    pub(super) fn into_json(self) -> Value {
        let mut json = Map::new();
        json.insert("id".to_owned(), self.id.to_string().into());
        json.insert("version".to_owned(), self.version.into());
        json.extend(self.doc);
        Value::Object(json)
    }

    /// As our own pages see it.
    pub(super) fn view(&self, kind: RecordKind) -> RecordView {
        let values = kind
            .fields()
            .iter()
            .map(|field| self.value(field, self.doc.get(field.name).unwrap_or(&Value::Null)))
            .collect();
        RecordView { id: self.id, version: self.version, values }
    }

    fn value(&self, field: &Field, value: &Value) -> FieldValue {
        match (field.form, value) {
            (_, Value::Null) => FieldValue::Empty,
            (Form::Rows(fields), Value::Array(rows)) => FieldValue::Rows(
                rows.iter()
                    .map(|row| fields.iter().map(|field| self.value(field, &row[field.name])))
                    .map(Iterator::collect)
                    .collect(),
            ),
            (Form::Ref(_), Value::String(id)) => match id.parse() {
                Ok(id) => {
                    let name = self.names.get(&id).cloned().unwrap_or_default();
                    FieldValue::Ref { id, name }
                }
                Err(_) => FieldValue::Empty,
            },
            (_, Value::Bool(flag)) => FieldValue::Flag(*flag),
            (_, Value::String(text)) if text.is_empty() => FieldValue::Empty,
            (_, Value::String(text)) => FieldValue::Text(text.clone()),
            (_, other) => FieldValue::Text(other.to_string()),
        }
    }
}
