//! Messages that run once more: all that a list means, or one.

use leptos::prelude::*;
use px360_domain::ids::EventId;
use px360_domain::integrations::ReplayEvents;

use super::server_fns::{integrations_replay_event, integrations_replay_events};
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::dialog::ConfirmDialog;
use crate::ui::numbers::grouped;
use crate::ui::toast::Toasts;

/// Runs everything that the filters mean once more, after a question.
#[component]
pub(super) fn ReplayMany(
    /// What is meant.
    cmd: ReplayEvents,
    /// The same in words.
    meant: String,
    /// Loads the log again.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (request, ask) = (Request::new(), RwSignal::new(false));
    let toasts = use_context::<Toasts>();
    let confirm = Callback::new(move |()| {
        ask.set(false);
        request.send(integrations_replay_events(cmd.clone()), move |replayed| {
            let count = i64::try_from(replayed.events).unwrap_or(i64::MAX);
            let shown = grouped(count);
            let said = text!(locale, integrations.replayed, count = count, shown = shown);
            if let Some(toasts) = toasts {
                toasts.say(&said.to_string());
            }
            reload.try_run(());
        });
    });
    view! {
        <Button
            label=text!(locale, integrations.replay_all)
            icon="rotate-cw"
            pending=request.pending()
            press=Callback::new(move |()| ask.set(true))
        />
        <InlineError error=Signal::derive(move || request.error())/>
        <ConfirmDialog
            id="replay-all"
            title=text!(locale, integrations.replay_all_title)
            consequence=text!(locale, integrations.replay_all_text, meant = meant)
            deed=text!(locale, integrations.replay_all)
            open=ask
            confirm=confirm
        />
    }
}

/// Runs one message once more.
#[component]
pub(super) fn ReplayThis(
    /// Which.
    id: EventId,
    /// Loads the message again.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let request = Request::new();
    let toasts = use_context::<Toasts>();
    let press = Callback::new(move |()| {
        request.send(integrations_replay_event(id), move |()| {
            if let Some(toasts) = toasts {
                toasts.say(text!(locale, integrations.replay_begun));
            }
            reload.try_run(());
        });
    });
    view! {
        <div class="start">
            <Button
                label=text!(locale, integrations.replay)
                icon="rotate-cw"
                look=ButtonLook::Primary
                pending=request.pending()
                press=press
            />
            <InlineError error=Signal::derive(move || request.error()) reload=reload/>
        </div>
    }
}
