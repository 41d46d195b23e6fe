//! Keys of systems that send: made anew after a question, and shown once.

use leptos::prelude::*;
use px360_domain::integrations::{SourceKey, SourceView};

use super::server_fns::integrations_renew_source_key;
use crate::request::Request;
use crate::ui::button::{Button, InlineError};
use crate::ui::dialog::{ConfirmDialog, Dialog};
use crate::ui::numbers::{Code, isolated_words};

/// Asks whether the old key is meant to end, and gets another one.
#[component]
pub(super) fn Renew(
    /// Whose key.
    source: RwSignal<Option<SourceView>>,
    /// Whether somebody is asked.
    open: RwSignal<bool>,
    /// Runs with the new key.
    done: Callback<Option<SourceKey>>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let request = Request::new();
    let confirm = Callback::new(move |()| {
        open.set(false);
        let Some(source) = source.get_untracked() else { return };
        request.send(integrations_renew_source_key(source.id), move |key| {
            done.try_run(Some(key));
        });
    });
    let consequence = Signal::derive(move || match source.get() {
        Some(it) => text!(locale, integrations.renew_text, name = isolated_words(&it.name)),
        None => String::new(),
    });
    view! {
        <InlineError error=Signal::derive(move || request.error())/>
        <ConfirmDialog
            id="renew-key"
            title=text!(locale, integrations.renew_title)
            consequence=consequence
            deed=text!(locale, integrations.renew)
            open=open
            confirm=confirm
        />
    }
}

/// A new key, for as long as the dialog is open.
#[component]
pub(super) fn NewKey(
    /// The key.
    key: RwSignal<Option<SourceKey>>,
    /// Whether it is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let locale = crate::texts::current();
    // Nothing of it stays in the page.
    Effect::new(move || {
        if !open.get() {
            key.set(None);
        }
    });
    view! {
        <Dialog id="new-key" title=text!(locale, integrations.key_title) open=open>
            {move || key.get().map(|key| view! { <ShownKey text=key.key/> })}
            <div class="dialog-foot">
                <Button
                    label=text!(locale, integrations.key_done)
                    press=Callback::new(move |()| open.set(false))
                />
            </div>
        </Dialog>
    }
}

/// The key and the button that copies it. What was copied is said here: a toast lies behind the dialog, and
/// would repeat the key.
#[component]
fn ShownKey(
    /// The key.
    text: String,
) -> impl IntoView {
    let locale = crate::texts::current();
    let copied = RwSignal::new(false);
    let key = text.clone();
    let copy = Callback::new(move |()| {
        let promise = window().navigator().clipboard().write_text(&key);
        leptos::task::spawn_local(async move {
            // A browser may refuse; the key can still be marked by hand.
            if wasm_bindgen_futures::JsFuture::from(promise).await.is_ok() {
                let _gone = copied.try_set(true);
            }
        });
    });
    view! {
        <div class="stack">
            <p>{text!(locale, integrations.key_once)}</p>
            <p class="new-key"><Code text=text/></p>
            <div class="buttons">
                <Button label=text!(locale, integrations.key_copy) icon="copy" press=copy/>
                <span role="status">
                    {move || copied.get().then(|| text!(locale, integrations.key_copied))}
                </span>
            </div>
            <p class="hint">{text!(locale, integrations.key_header)}</p>
            <p class="hint"><Code text="authorization: Api-Key …"/></p>
        </div>
    }
}
