//! The button that changes something: says that it works, and works once.

use leptos::prelude::*;
use px360_domain::{Failure, paths};

use crate::UiError;
use crate::ui::failures::sentence;
use crate::ui::icon::Icon;

/// A button with its pending state.
///
/// Disabled until the page is awake, because before that nobody would hear the click. While it
/// works it stays focusable, so that the keyboard does not lose its place.
#[component]
pub(crate) fn WorkButton(
    /// What it does.
    label: &'static str,
    /// A picture before the word.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// `button-primary`, `button-danger` or nothing.
    #[prop(optional)]
    class: &'static str,
    /// Whether it is being done.
    #[prop(into)]
    pending: Signal<bool>,
    /// Does it.
    press: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let awake = RwSignal::new(false);
    Effect::new(move || awake.set(true));
    view! {
        <button
            r#type="button"
            class=format!("button {class}")
            disabled=move || !awake.get()
            aria-disabled=move || pending.get().then_some("true")
            on:click=move |_| {
                if !pending.get_untracked() {
                    press.run(());
                }
            }
        >
            <span class="spinner" hidden=move || !pending.get() aria-hidden="true"></span>
            {icon.map(|icon| view! { <Icon name=icon/> })}
            <span>{move || if pending.get() { text!(locale, common.working) } else { label }}</span>
        </button>
    }
}

/// Why it was not done, beside the button; `ways` lead on from there.
#[component]
pub(crate) fn InlineError(
    /// The last error, if the last attempt failed.
    #[prop(into)]
    error: Signal<Option<UiError>>,
    /// Shows what is true now. Offered where the page may be behind.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let shown = move || {
        error.get().map(|error| {
            let behind = matches!(error.status(), 404 | 409);
            let signed_out = error == UiError::Refused(Failure::Unauthenticated);
            view! {
                <div class="alert alert-bad">
                    <Icon name="octagon-alert"/>
                    <p>{sentence(locale, &error)}</p>
                    // In another tab: what was written here stays.
                    {signed_out.then(|| view! {
                        <a class="button" href=paths::login(locale) rel="external" target="_blank">
                            {text!(locale, common.sign_in_new_tab)}
                        </a>
                    })}
                    {behind.then(|| view! {
                        <button r#type="button" class="button" on:click=move |_| reload.run(())>
                            <Icon name="rotate-cw"/>
                            {text!(locale, common.show_latest)}
                        </button>
                    })}
                </div>
            }
        })
    };
    view! { <div role="alert">{shown}</div> }
}
