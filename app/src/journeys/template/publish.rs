//! Publishing a draft: first what it would mean, then the deed.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::journeys::template::{
    DraftReplay, PublishPreview, ReplayTally, RunningJourneys, SeenTemplate, blocks,
};

use super::changes::changes;
use super::draft::Draft;
use super::findings::sentence;
use super::words;
use crate::journeys::server_fns::{journeys_preview, journeys_publish};
use crate::journeys::words::name;
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::dialog::{Dialog, DialogFoot};
use crate::ui::failures;
use crate::ui::numbers::{Num, grouped};
use crate::ui::toast::Toasts;

/// The button, and the sheet behind it.
#[component]
pub(super) fn PublishButton(
    /// The draft.
    draft: Draft,
    /// Shows what is kept by now.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (open, looking, publishing) = (RwSignal::new(false), Request::new(), Request::new());
    let preview = RwSignal::new(None::<PublishPreview>);
    let toasts = use_context::<Toasts>();
    let look = Callback::new(move |()| {
        // What is shown is what would be published.
        draft.save(move || {
            looking.send(journeys_preview(draft.id), move |found| {
                preview.set(Some(found));
                open.set(true);
            });
        });
    });
    let publish = Callback::new(move |()| {
        let cmd = SeenTemplate { lock_version: draft.lock_version.get_untracked() };
        publishing.send(journeys_publish(draft.id, cmd), move |()| {
            open.set(false);
            if let Some(toasts) = toasts {
                toasts.say(text!(locale, journeys.template_published));
            }
            reload.run(());
        });
    });
    let why_not = Signal::derive(move || {
        let blocked = preview.read().as_ref().is_some_and(|found| blocks(&found.findings));
        blocked.then(|| text!(locale, journeys.publish_blocked).to_owned())
    });
    let body = move || preview.get().map(|found| shown(locale, draft, &found));
    view! {
        <Button
            label=text!(locale, journeys.publish)
            icon="send"
            look=ButtonLook::Primary
            pending=Signal::derive(move || looking.pending().get() || draft.saving.pending().get())
            press=look
        />
        <InlineError error=Signal::derive(move || looking.error())/>
        <Dialog id="publish" title=text!(locale, journeys.publish_title) open=open sheet=true>
            {body}
            <InlineError error=Signal::derive(move || failures::of_record(publishing.error())) reload=reload/>
            <DialogFoot open=open>
                <Button
                    label=text!(locale, journeys.publish_now)
                    look=ButtonLook::Primary
                    pending=publishing.pending()
                    why_not=why_not
                    press=publish
                />
            </DialogFoot>
        </Dialog>
    }
}

fn shown(locale: Locale, draft: Draft, found: &PublishPreview) -> AnyView {
    let findings = draft.body.with_untracked(|body| {
        let lines =
            found.findings.iter().map(|one| view! { <li>{sentence(locale, body, one)}</li> });
        lines.collect_view()
    });
    let any = !found.findings.is_empty();
    view! {
        {any.then(|| view! {
            <h3>{text!(locale, journeys.findings)}</h3>
            <ul class="findings">{findings}</ul>
        })}
        <h3>{text!(locale, journeys.changes)}</h3>
        {changes(locale, &found.changes)}
        <h3>{text!(locale, journeys.running_title)}</h3>
        {running(locale, &found.running)}
        <h3>{text!(locale, journeys.replay_title)}</h3>
        {replay(locale, &found.replay)}
    }
    .into_any()
}

/// Who stays with the version before.
fn running(locale: Locale, running: &[RunningJourneys]) -> AnyView {
    if running.is_empty() {
        return view! { <p class="hint">{text!(locale, journeys.running_none)}</p> }.into_any();
    }
    let lines = running
        .iter()
        .map(|one| {
            let shown = grouped(one.journeys);
            let count = text!(locale, journeys.running_count, count = one.journeys, shown = shown)
                .to_string();
            view! {
                <li>
                    {name(locale, &one.hospital)} " · "
                    {words::version_line(locale, one.version)} " · " {count}
                </li>
            }
        })
        .collect_view();
    view! {
        <p class="hint">{text!(locale, journeys.running_text)}</p>
        <ul class="running">{lines}</ul>
    }
    .into_any()
}

/// What the messages of the last days come to, as it is and with the draft.
fn replay(locale: Locale, replay: &DraftReplay) -> AnyView {
    let (days, shown) = (replay.days, grouped(i64::try_from(replay.messages).unwrap_or(i64::MAX)));
    let about = text!(locale, journeys.replay_text, days = days, messages = shown).to_string();
    let cut = replay.cut.then(|| text!(locale, journeys.replay_cut));
    let rows = replay.tallies.iter().map(|tally| row(locale, tally)).collect_view();
    view! {
        <p class="hint">{about} " " {cut}</p>
        <div class="table-frame" tabindex="0" role="region" aria-label=text!(locale, journeys.replay_title)>
            <table class="table replay">
                <thead>
                    <tr>
                        <th scope="col">{text!(locale, journeys.replay_what)}</th>
                        <th scope="col" class="numeric">{text!(locale, journeys.replay_now)}</th>
                        <th scope="col" class="numeric">{text!(locale, journeys.replay_then)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(locale: Locale, tally: &ReplayTally) -> AnyView {
    let number = |count: u64| grouped(i64::try_from(count).unwrap_or(i64::MAX));
    let stage = tally.name.as_ref().map(|stage| view! { ": " {name(locale, stage)} });
    view! {
        <tr class:replay-differs=tally.before != tally.after>
            <th scope="row">{words::tally(locale, tally.kind)} {stage}</th>
            <td class="numeric"><Num text=number(tally.before)/></td>
            <td class="numeric"><Num text=number(tally.after)/></td>
        </tr>
    }
    .into_any()
}
