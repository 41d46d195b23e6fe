//! What a form holds while somebody fills it.

use leptos::prelude::*;
use px360_domain::Bilingual;
use px360_domain::records::{Field, FieldValue, Form};

use super::cell::said;
use crate::ui::combobox::Pick;

/// One field and what stands in it.
#[derive(Clone, Copy)]
pub(super) struct Filled {
    pub(super) field: &'static Field,
    pub(super) input: Input,
}

/// What stands in a field, in the form of its control.
#[derive(Clone, Copy)]
pub(super) enum Input {
    Text(RwSignal<String>),
    Flag(RwSignal<bool>),
    Ref(RwSignal<Option<Pick>>),
    Rows(RwSignal<Vec<Row>>),
}

/// One line of several. Lines know each other by a number that no other one of the form had.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) key: u32,
    pub(super) fields: StoredValue<Vec<Filled>>,
}

impl Filled {
    /// A field of a form, with what it begins with.
    pub(super) fn new(field: &'static Field, value: &FieldValue) -> Self {
        let input = match (field.form, value) {
            (Form::Flag, value) => {
                let on = match value {
                    FieldValue::Flag(flag) => *flag,
                    _ => field.name == "active",
                };
                Input::Flag(RwSignal::new(on))
            }
            (Form::Ref(_), value) => Input::Ref(RwSignal::new(picked(value))),
            (Form::Rows(fields), FieldValue::Rows(rows)) => {
                let rows = (0..).zip(rows).map(|(key, row)| Row::new(key, fields, row));
                Input::Rows(RwSignal::new(rows.collect()))
            }
            (Form::Rows(fields), _) if field.required => {
                Input::Rows(RwSignal::new(vec![Row::new(0, fields, &[])]))
            }
            (Form::Rows(_), _) => Input::Rows(RwSignal::new(Vec::new())),
            (_, FieldValue::Text(text)) => Input::Text(RwSignal::new(text.clone())),
            (Form::Choice(words), _) if goes_without_saying(field) => {
                Input::Text(RwSignal::new(words.first().copied().unwrap_or_default().to_owned()))
            }
            _ => Input::Text(RwSignal::new(String::new())),
        };
        Self { field, input }
    }

    /// What is sent. Reads every signal below it, so that changes can be counted.
    pub(super) fn value(&self) -> FieldValue {
        match self.input {
            Input::Text(text) => match text.get() {
                text if text.is_empty() => FieldValue::Empty,
                text => FieldValue::Text(text),
            },
            Input::Flag(flag) => FieldValue::Flag(flag.get()),
            Input::Ref(pick) => match pick.get().and_then(|pick| pick.value.parse().ok()) {
                Some(id) => FieldValue::Ref { id, name: Bilingual::default() },
                None => FieldValue::Empty,
            },
            Input::Rows(rows) => FieldValue::Rows(rows.get().iter().map(Row::values).collect()),
        }
    }
}

impl Row {
    /// A line with what it begins with.
    pub(super) fn new(key: u32, fields: &'static [Field], values: &[FieldValue]) -> Self {
        let value = |at| values.get(at).unwrap_or(&FieldValue::Empty);
        let filled = fields.iter().enumerate().map(|(at, field)| Filled::new(field, value(at)));
        Self { key, fields: StoredValue::new(filled.collect()) }
    }

    fn values(&self) -> Vec<FieldValue> {
        self.fields.with_value(|fields| fields.iter().map(Filled::value).collect())
    }
}

/// Closed words that are never empty: the first one is what a new record has.
fn goes_without_saying(field: &Field) -> bool {
    matches!(field.name, "time_zone" | "language")
}

fn picked(value: &FieldValue) -> Option<Pick> {
    let FieldValue::Ref { id, name } = value else { return None };
    let label = said(crate::texts::current(), name);
    Some(Pick { value: id.to_string(), label, detail: None, why_not: None })
}
