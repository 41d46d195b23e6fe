//! Digits in any of the three scripts that people here type.

use leptos::prelude::*;
use px360_domain::contact::fold_digits;

use super::FieldSpec;

/// What kind of digits are typed.
pub(super) struct Digits {
    /// How wide the field is, as a class.
    pub(super) class: &'static str,
    /// Which keyboard a phone shows, by HTML's word for it.
    pub(super) inputmode: &'static str,
    /// What the browser may fill in, by HTML's word for it.
    pub(super) autocomplete: &'static str,
}

/// A field for digits, with what stands behind it on the line. What was typed becomes Latin digits
/// when the field is left.
pub(super) fn digits(
    field: FieldSpec,
    value: RwSignal<String>,
    kind: Digits,
    behind: AnyView,
) -> AnyView {
    let control = view! {
        <span class="input-line">
            <input
                r#type="text"
                inputmode=kind.inputmode
                id=field.id
                name=field.id
                dir="ltr"
                class=kind.class
                autocomplete=kind.autocomplete
                readonly=field.is_locked()
                aria-invalid=field.invalid()
                aria-describedby=field.described_by()
                value=value.get_untracked()
                prop:value=move || value.get()
                on:input:target=move |ev| value.set(ev.target().value())
                on:change=move |_| value.update(|text| *text = fold_digits(text).trim().to_owned())
            />
            {behind}
        </span>
    };
    field.around(control.into_any())
}
