//! Several lines in one field: medical record numbers, affiliations.

use std::collections::BTreeSet;
use std::sync::{Mutex, OnceLock, PoisonError};

use leptos::prelude::*;
use px360_domain::records::{Field, ROWS_MAX};

use super::fields::Row;
use super::inputs::{Asking, control};
use crate::ui::button::{Button, ButtonLook};
use crate::ui::fields::FieldSpec;
use crate::ui::heading::focus_heading;

/// The lines, a way to one more, and a way to take each one out.
#[component]
pub(super) fn Rows(
    /// What the form knows.
    asking: Asking,
    /// What the field says about itself.
    spec: FieldSpec,
    /// What stands in a line.
    fields: &'static [Field],
    /// The lines.
    rows: RwSignal<Vec<Row>>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let name = spec.id;
    let add = Callback::new(move |()| {
        rows.update(|rows| {
            let key = rows.iter().map(|row| row.key + 1).max().unwrap_or_default();
            rows.push(Row::new(key, fields, &[]));
        });
    });
    let full = Signal::derive(move || {
        (rows.read().len() >= ROWS_MAX).then(|| text!(locale, failures.too_long).to_owned())
    });
    let lines = move || {
        let rows_now = rows.get().into_iter().enumerate();
        rows_now.map(|(at, row)| line(asking, name, rows, at, &row)).collect_view()
    };
    let controls = view! {
        <ul class="record-lines">{lines}</ul>
        <Button
            label=text!(locale, records.add_row)
            icon="plus"
            look=ButtonLook::Quiet
            why_not=full
            press=add
        />
    };
    spec.around_group(controls.into_any())
}

fn line(
    asking: Asking,
    name: &'static str,
    rows: RwSignal<Vec<Row>>,
    at: usize,
    row: &Row,
) -> AnyView {
    let locale = crate::texts::current();
    let key = row.key;
    let controls = row.fields.with_value(|fields| {
        fields
            .iter()
            .map(|filled| control(asking, id_of(name, at, filled.field.name), *filled))
            .collect_view()
    });
    let remove = Callback::new(move |()| {
        rows.update(|rows| rows.retain(|row| row.key != key));
        focus_heading();
    });
    view! {
        <li class="record-line">
            {controls}
            <Button
                label=text!(locale, records.remove_row, number = at + 1).to_string()
                icon="trash-2"
                look=ButtonLook::Quiet
                press=remove
            />
        </li>
    }
    .into_any()
}

/// `mrns.0.mrn`: the id of a control in a line, and the name that its faults have. Made once for each:
/// there are as many as [`ROWS_MAX`] lines have fields, and they are kept.
fn id_of(name: &str, at: usize, field: &str) -> &'static str {
    static IDS: OnceLock<Mutex<BTreeSet<&'static str>>> = OnceLock::new();
    let wanted = format!("{name}.{}.{field}", at.min(ROWS_MAX));
    let mut ids = IDS.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = ids.get(wanted.as_str()) {
        return known;
    }
    let new: &'static str = Box::leak(wanted.into_boxed_str());
    ids.insert(new);
    new
}
