//! One value, as people read it.

use leptos::prelude::*;
use px360_domain::records::{Field, FieldValue, Form};
use px360_domain::{Bilingual, Locale};

use super::words;
use crate::ui::dates::date;
use crate::ui::numbers::Code;

/// What stands in a field; a dash where nothing does.
pub(super) fn cell(locale: Locale, field: &Field, value: &FieldValue) -> AnyView {
    match value {
        FieldValue::Empty => view! { <span class="hint">"—"</span> }.into_any(),
        FieldValue::Flag(flag) => words::yes_or_no(locale, *flag).into_any(),
        FieldValue::Ref { name, .. } => {
            view! { <bdi dir="auto">{said(locale, name)}</bdi> }.into_any()
        }
        FieldValue::Text(text) => text_cell(locale, field, text),
        FieldValue::Rows(rows) => rows_cell(locale, field, rows),
    }
}

fn text_cell(locale: Locale, field: &Field, text: &str) -> AnyView {
    match field.form {
        Form::Code
        | Form::Phone
        | Form::Dial
        | Form::IdNumber
        | Form::Email
        | Form::Time
        | Form::Degrees(..) => view! { <Code text=text.to_owned()/> }.into_any(),
        Form::Choice(_) => words::choice(locale, text).into_any(),
        Form::Day => match text.parse() {
            Ok(day) => date(locale, day).into_any(),
            // Masked.
            Err(_) => text.to_owned().into_any(),
        },
        _ if field.derived => words::choice(locale, text).into_any(),
        _ => view! { <bdi dir="auto">{text.to_owned()}</bdi> }.into_any(),
    }
}

/// One line for each row, its values side by side.
fn rows_cell(locale: Locale, field: &Field, rows: &[Vec<FieldValue>]) -> AnyView {
    let Form::Rows(fields) = field.form else { return ().into_any() };
    let lines = rows
        .iter()
        .map(|row| {
            let values = fields.iter().zip(row).filter(|(_, value)| **value != FieldValue::Empty);
            let values = values
                .map(|(field, value)| view! { <span>{cell(locale, field, value)}</span> })
                .collect_view();
            view! { <li class="record-row">{values}</li> }
        })
        .collect_view();
    view! { <ul class="record-rows">{lines}</ul> }.into_any()
}

/// The name in the reader's language; the other one where that is all there is.
pub(super) fn said(locale: Locale, name: &Bilingual) -> String {
    let name = name.pick(locale);
    if name.is_empty() { text!(locale, records.unnamed).to_owned() } else { name.to_owned() }
}
