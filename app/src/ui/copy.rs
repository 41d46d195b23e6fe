//! A reference that can be copied by one press.

use leptos::prelude::*;

use crate::ui::icon::Icon;
use crate::ui::numbers::Code;
use crate::ui::toast::Toasts;

/// A reference number and the button that copies it.
#[component]
pub(crate) fn RefNo(
    /// The number.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let locale = crate::texts::current();
    let toasts = use_context::<Toasts>();
    let what = crate::ui::numbers::isolated(&text);
    let number = text.clone();
    let copy = move |_| {
        let promise = window().navigator().clipboard().write_text(&number);
        let copied = text!(locale, kit.copied, what = what.clone());
        leptos::task::spawn_local(async move {
            // A browser may refuse; the number can still be marked by hand.
            if wasm_bindgen_futures::JsFuture::from(promise).await.is_ok()
                && let Some(toasts) = toasts
            {
                toasts.say(&copied);
            }
        });
    };
    view! {
        <span class="ref-no">
            <Code text=text.clone()/>
            <button
                r#type="button"
                class="button button-quiet button-icon"
                aria-label=text!(locale, kit.copy, what = text)
                on:click=copy
            >
                <Icon name="copy"/>
            </button>
        </span>
    }
}
