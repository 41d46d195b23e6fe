//! From one day to another, most of the time one of a few well-known stretches.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{DateInput, FieldSpec};

/// A stretch of days, both ends within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateRange {
    /// The first day.
    pub(crate) from: NaiveDate,
    /// The last day.
    pub(crate) to: NaiveDate,
}

/// A stretch with a name.
#[derive(Clone)]
pub(crate) struct Preset {
    /// What it is called.
    pub(crate) label: &'static str,
    /// Its days.
    pub(crate) range: DateRange,
}

/// Two days and the stretches that people mean most of the time.
#[component]
pub(crate) fn DateRangeInput(
    /// What it says about itself.
    field: FieldSpec,
    /// The ids of the two days.
    ids: (&'static str, &'static str),
    /// The first day as `2026-11-23`.
    from: RwSignal<String>,
    /// The last day.
    to: RwSignal<String>,
    /// Stretches with names.
    presets: Vec<Preset>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let buttons = presets
        .into_iter()
        .map(|Preset { label, range }| {
            let (first, last) = (range.from.to_string(), range.to.to_string());
            let chosen = {
                let (first, last) = (first.clone(), last.clone());
                move || *from.read() == first && *to.read() == last
            };
            let pressed = move || if chosen() { "true" } else { "false" };
            view! {
                <button
                    r#type="button"
                    class="chip chip-choice"
                    aria-pressed=pressed
                    on:click=move |_| {
                        from.set(first.clone());
                        to.set(last.clone());
                    }
                >
                    {label}
                </button>
            }
        })
        .collect_view();
    let backwards = Signal::derive(move || {
        let (first, last) = (from.read(), to.read());
        let days = (first.parse::<NaiveDate>().ok(), last.parse::<NaiveDate>().ok());
        matches!(days, (Some(first), Some(last)) if first > last)
            .then(|| text!(locale, kit.range_backwards).to_owned())
    });
    let controls = view! {
        <div class="chips">{buttons}</div>
        <div class="field-pair">
            <DateInput field=FieldSpec::new(ids.0, text!(locale, kit.range_from)) value=from/>
            <DateInput
                field=FieldSpec::new(ids.1, text!(locale, kit.range_to)).fault(backwards)
                value=to
            />
        </div>
    };
    field.around_group(controls.into_any())
}
