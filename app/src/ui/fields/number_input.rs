//! Digits in any of the three scripts that people here type.

use leptos::prelude::*;
use px360_domain::contact::fold_digits;

use super::FieldSpec;

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
    let described_by = field.described_by();
    let unit_id = format!("{}-unit", field.id);
    let described_by = {
        let unit_id = unit.is_some().then(|| unit_id.clone());
        move || {
            let ids: Vec<_> = described_by().into_iter().chain(unit_id.clone()).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let control = view! {
        <span class="input-line">
            <input
                r#type="text"
                inputmode="numeric"
                id=field.id
                name=field.id
                dir="ltr"
                class="input input-short"
                autocomplete="off"
                readonly=field.is_locked()
                aria-invalid=field.invalid()
                aria-describedby=described_by
                value=value.get_untracked()
                prop:value=move || value.get()
                on:input:target=move |ev| value.set(ev.target().value())
                on:change=move |_| value.update(|text| *text = fold_digits(text).trim().to_owned())
            />
            {unit.map(|unit| view! { <span class="input-unit" id=unit_id>{unit}</span> })}
        </span>
    };
    field.around(control.into_any())
}
