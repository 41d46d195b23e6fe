//! One line of text.

use leptos::prelude::*;

use super::FieldSpec;
use crate::ui::fields::text_area::Counter;

/// A labelled field for one line of text.
#[component]
pub(crate) fn TextInput(
    /// What it says about itself.
    field: FieldSpec,
    /// What is written.
    value: RwSignal<String>,
    /// `text`, `email`, `tel`, `url`, `search` or `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in, by its own word for it.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// The most characters; shows a counter, and keeps what is too long for its author to shorten.
    #[prop(optional)]
    chars_max: Option<usize>,
) -> impl IntoView {
    // Addresses and numbers are written from left to right in any language; words go by their first letter.
    let dir = if matches!(kind, "email" | "tel" | "url") { "ltr" } else { "auto" };
    let control = view! {
        <input
            r#type=kind
            id=field.id
            name=field.id
            dir=dir
            class="input"
            autocomplete=autocomplete
            readonly=field.is_locked()
            aria-invalid=field.invalid()
            aria-describedby=field.described_by()
            value=value.get_untracked()
            prop:value=move || value.get()
            on:input:target=move |ev| value.set(ev.target().value())
        />
        {chars_max.map(|max| view! { <Counter value=value max=max/> })}
    };
    field.around(control.into_any())
}
