//! A yes or no that counts when the form is sent.

use leptos::prelude::*;

/// A box to tick.
#[component]
pub(crate) fn Checkbox(
    /// Its id, and the name that it is sent under.
    id: &'static str,
    /// What ticking it means.
    #[prop(into)]
    label: String,
    /// Whether it is ticked.
    value: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <label class="check" for=id>
            <input
                r#type="checkbox"
                id=id
                name=id
                value="1"
                checked=value.get_untracked()
                prop:checked=move || value.get()
                on:change:target=move |ev| value.set(ev.target().checked())
            />
            <span>{label}</span>
        </label>
    }
}
