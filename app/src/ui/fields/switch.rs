//! A yes or no that counts at once.

use leptos::prelude::*;

/// A switch: changes something the moment it is turned.
#[component]
pub(crate) fn Switch(
    /// Its id.
    id: &'static str,
    /// What it turns on.
    #[prop(into)]
    label: String,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// Turns it.
    turn: Callback<bool>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let word = move || if on.get() { text!(locale, kit.on) } else { text!(locale, kit.off) };
    view! {
        <button
            r#type="button"
            role="switch"
            id=id
            class="switch"
            aria-checked=move || if on.get() { "true" } else { "false" }
            on:click=move |_| turn.run(!on.get_untracked())
        >
            <span class="switch-track" aria-hidden="true"><span class="switch-knob"></span></span>
            <span>{label}</span>
            <span class="switch-word" aria-hidden="true">{word}</span>
        </button>
    }
}
