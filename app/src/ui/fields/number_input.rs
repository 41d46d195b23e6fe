//! A number.

use leptos::prelude::*;

use super::FieldSpec;
use super::digits::{Digits, digits};

/// A labelled field for a number.
///
/// Text and not `type=number`: that refuses Arabic-Indic digits without a word, and changes by
/// itself under a mouse wheel. What was typed becomes Latin digits when the field is left.
#[component]
pub(crate) fn NumberInput(
    /// What it says about itself.
    field: FieldSpec,
    /// What is written.
    value: RwSignal<String>,
    /// What stands behind the number, such as "minutes".
    #[prop(optional, into)]
    unit: Option<String>,
) -> impl IntoView {
    let unit_id = unit.is_some().then(|| format!("{}-unit", field.id));
    let field = field.also_described_by(unit_id.clone());
    let behind = unit.map(|unit| view! { <span class="input-unit" id=unit_id>{unit}</span> });
    let kind = Digits { class: "input input-short", inputmode: "numeric", autocomplete: "off" };
    digits(field, value, kind, behind.into_any())
}
