//! The button that changes something: says that it works, and works once.

use leptos::prelude::*;
use px360_domain::{Failure, paths};

use crate::UiError;
use crate::ui::failures::sentence;
use crate::ui::icon::Icon;

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum ButtonLook {
    /// The one thing to do here.
    Primary,
    /// Something else to do.
    #[default]
    Secondary,
    /// Hardly there until it is needed.
    Quiet,
    /// What cannot be taken back.
    Danger,
}

impl ButtonLook {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Secondary => "button",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }
}

/// A button with its pending state.
///
/// Disabled until the page is awake, because before that nobody would hear the click. While it
/// works, and while it cannot be pressed for a reason, it stays focusable: the keyboard keeps its
/// place, and the reason can be read.
#[component]
pub(crate) fn Button(
    /// What it does.
    #[prop(into)]
    label: String,
    /// A picture before the word.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// How much it asks to be pressed.
    #[prop(optional)]
    look: ButtonLook,
    /// The key that presses it.
    #[prop(optional)]
    shortcut: Option<&'static str>,
    /// Whether it is being done.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// Why it cannot be pressed, if it cannot.
    #[prop(optional, into)]
    why_not: Signal<Option<String>>,
    /// Does it.
    press: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let awake = awake();
    let held = move || pending.get() || why_not.read().is_some();
    view! {
        <span class="button-place">
            <button
                r#type="button"
                class=look.class()
                data-shortcut=shortcut
                disabled=move || !awake.get()
                aria-disabled=move || held().then_some("true")
                on:click=move |_| {
                    if !untrack(held) {
                        press.run(());
                    }
                }
            >
                <span class="spinner" hidden=move || !pending.get() aria-hidden="true"></span>
                {icon.map(|icon| view! { <Icon name=icon/> })}
                <span>
                    {move || {
                        if pending.get() {
                            text!(locale, common.working).to_owned()
                        } else {
                            label.clone()
                        }
                    }}
                </span>
            </button>
            {move || why_not.get().map(|why| view! { <span class="button-why hint">{why}</span> })}
        </span>
    }
}

/// A button that is a picture, with its name for whoever cannot tell.
#[component]
pub(crate) fn IconButton(
    /// What it does.
    #[prop(into)]
    label: String,
    /// The picture.
    icon: &'static str,
    /// Does it.
    press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            r#type="button"
            class="button button-quiet button-icon has-tip"
            aria-label=label.clone()
            data-tip=label
            on:click=move |_| press.run(())
        >
            <Icon name=icon/>
        </button>
    }
}

/// Whether scripts run: false in the server's HTML, true once somebody hears clicks.
pub(crate) fn awake() -> RwSignal<bool> {
    let awake = RwSignal::new(false);
    Effect::new(move || awake.set(true));
    awake
}

/// Why it was not done, beside the button; `ways` lead on from there.
#[component]
pub(crate) fn InlineError(
    /// The last error, if the last attempt failed.
    #[prop(into)]
    error: Signal<Option<UiError>>,
    /// Shows what is true now. Offered where the page may be behind.
    #[prop(optional)]
    reload: Option<Callback<()>>,
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
                    {reload.filter(|_| behind).map(|reload| view! {
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
