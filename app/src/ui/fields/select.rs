//! A list of a few values: the browser's own.

use leptos::prelude::*;

use super::{Choice, FieldSpec};

/// A labelled `<select>`.
#[component]
pub(crate) fn Select(
    /// What it says about itself.
    field: FieldSpec,
    /// The value that is chosen.
    value: RwSignal<String>,
    /// What may be chosen.
    choices: Vec<Choice>,
    /// What stands there while nothing is chosen; none where something always is.
    #[prop(default = None)]
    empty: Option<String>,
) -> impl IntoView {
    let first = value.get_untracked();
    let option = |value: String, label: String| {
        let selected = value == first;
        // What people called something reads in its own direction.
        view! { <option dir="auto" value=value selected=selected>{label}</option> }
    };
    let empty = empty.map(|empty| option(String::new(), empty));
    let options =
        choices.into_iter().map(|choice| option(choice.value, choice.label)).collect_view();
    let control = view! {
        <select
            id=field.id
            name=field.id
            class="input select"
            disabled=field.is_locked()
            aria-invalid=field.invalid()
            aria-describedby=field.described_by()
            prop:value=move || value.get()
            on:change:target=move |ev| value.set(ev.target().value())
        >
            {empty}
            {options}
        </select>
    };
    field.around(control.into_any())
}
