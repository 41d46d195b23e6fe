//! What the reader may do now, and why not where they may not.

use leptos::prelude::*;
use px360_domain::actions::{
    ActionDetail, ActionStatus, CloseAction, DecideAction, NoteAction, StartAction,
};

use super::mutation::{Change, Subject};
use super::server_fns::{actions_close, actions_decide, actions_note, actions_start};
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::card::Card;
use crate::ui::fields::{FieldSpec, TextArea};
use crate::ui::icon::Icon;

/// The buttons of the page's head: start at once, or go to the form.
#[component]
pub(super) fn HeadButtons(
    /// The action.
    subject: Subject,
    /// What is known of it.
    detail: ActionDetail,
) -> impl IntoView {
    let locale = crate::texts::current();
    let may = detail.may;
    let severe = detail.card.severity.needs_approval();
    let close =
        if severe { text!(locale, actions.ask_approval) } else { text!(locale, actions.close) };
    view! {
        <div class="head-buttons">
            {may.note.then(|| view! {
                <a class="button" href="#note" rel="external" data-shortcut="KeyN">
                    <Icon name="message-square-text"/>
                    {text!(locale, actions.add_note)}
                </a>
            })}
            {may.start.then(|| view! { <Start subject=subject/> })}
            {may.close.then(|| view! {
                <a
                    class="button button-primary"
                    href="#resolution"
                    rel="external"
                    data-shortcut="KeyE"
                >
                    <Icon name="circle-check"/>
                    {close}
                </a>
            })}
            {may.decide.then(|| view! {
                <a
                    class="button button-primary"
                    href="#reason"
                    rel="external"
                    data-shortcut="KeyE"
                >
                    <Icon name="shield-question-mark"/>
                    {text!(locale, actions.decide)}
                </a>
            })}
        </div>
    }
}

#[component]
fn Start(
    /// The action.
    subject: Subject,
) -> impl IntoView {
    let locale = crate::texts::current();
    let change = Change::new(subject, text!(locale, actions.started), None);
    let press = Callback::new(move |()| {
        change.make(actions_start(subject.id, StartAction { version: subject.version }));
    });
    view! {
        <div class="start">
            <Button
                label=text!(locale, actions.start)
                icon="play"
                shortcut="KeyS"
                look=ButtonLook::Primary
                pending=change.pending()
                press=press
            />
            <InlineError error=change.error_beside(&[]) reload=subject.reload/>
        </div>
    }
}

/// The form that the state of the action asks for.
#[component]
pub(super) fn NextStep(
    /// The action.
    subject: Subject,
    /// What is known of it.
    detail: ActionDetail,
) -> impl IntoView {
    let locale = crate::texts::current();
    if detail.may.close {
        let severe = detail.card.severity.needs_approval();
        return view! { <CloseForm subject=subject severe=severe/> }.into_any();
    }
    if detail.may.decide {
        return view! { <DecideForm subject=subject resolution=detail.resolution/> }.into_any();
    }
    if detail.card.status != ActionStatus::PendingApproval {
        return ().into_any();
    }
    let why = if detail.may.four_eyes {
        text!(locale, actions.four_eyes_note)
    } else {
        text!(locale, actions.waits_for_approval)
    };
    view! {
        <Card title=text!(locale, actions.approval) id="next-step" class="next-step">
            <Resolution text=detail.resolution/>
            <div class="alert alert-info">
                <Icon name="info"/>
                <p>{why}</p>
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn CloseForm(
    /// The action.
    subject: Subject,
    /// Whether closing only asks for approval.
    severe: bool,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (title, hint, done) = if severe {
        (
            text!(locale, actions.ask_approval),
            text!(locale, actions.ask_approval_hint),
            text!(locale, actions.approval_asked),
        )
    } else {
        (
            text!(locale, actions.close),
            text!(locale, actions.close_hint),
            text!(locale, actions.closed),
        )
    };
    let draft = subject.drafts.resolution;
    let change = Change::new(subject, done, Some(draft));
    let press = Callback::new(move |()| {
        let cmd = CloseAction { version: subject.version, resolution: draft.get_untracked() };
        change.make(actions_close(subject.id, cmd));
    });
    view! {
        <Card title=title id="next-step" class="next-step">
            <TextArea
                field=FieldSpec::new("resolution", text!(locale, actions.resolution))
                    .hint(hint)
                    .fault(change.fault_of("resolution"))
                value=draft
                submit=press
            />
            <InlineError error=change.error_beside(&["resolution"]) reload=subject.reload/>
            <Button label=title look=ButtonLook::Primary pending=change.pending() press=press/>
        </Card>
    }
}

#[component]
fn DecideForm(
    /// The action.
    subject: Subject,
    /// What the owner says was done.
    resolution: Option<String>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let draft = subject.drafts.reason;
    let change = Change::new(subject, text!(locale, actions.decided), Some(draft));
    let approving = RwSignal::new(true);
    let decide = move |approve: bool| {
        if change.pending().get_untracked() {
            return;
        }
        approving.set(approve);
        let cmd = DecideAction { version: subject.version, approve, reason: draft.get_untracked() };
        change.make(actions_decide(subject.id, cmd));
    };
    let busy = move |approve: bool| {
        Signal::derive(move || change.pending().get() && approving.get() == approve)
    };
    view! {
        <Card title=text!(locale, actions.decide) id="next-step" class="next-step">
            <Resolution text=resolution/>
            <TextArea
                field=FieldSpec::new("reason", text!(locale, actions.reason))
                    .hint(text!(locale, actions.reason_hint))
                    .fault(change.fault_of("reason"))
                value=draft
            />
            <InlineError error=change.error_beside(&["reason"]) reload=subject.reload/>
            <div class="buttons">
                <Button
                    label=text!(locale, actions.approve)
                    icon="check"
                    look=ButtonLook::Primary
                    pending=busy(true)
                    press=Callback::new(move |()| decide(true))
                />
                <Button
                    label=text!(locale, actions.reject)
                    icon="undo-2"
                    look=ButtonLook::Danger
                    pending=busy(false)
                    press=Callback::new(move |()| decide(false))
                />
            </div>
        </Card>
    }
}

/// What the owner says was done.
#[component]
pub(super) fn Resolution(
    /// In the owner's words.
    text: Option<String>,
) -> impl IntoView {
    let locale = crate::texts::current();
    text.map(|text| {
        view! {
            <figure class="said">
                <figcaption>{text!(locale, actions.resolution_given)}</figcaption>
                <blockquote dir="auto">{text}</blockquote>
            </figure>
        }
    })
}

/// Where a note is written, at the end of the timeline.
#[component]
pub(super) fn NoteForm(
    /// The action.
    subject: Subject,
) -> impl IntoView {
    let locale = crate::texts::current();
    let draft = subject.drafts.note;
    let change = Change::new(subject, text!(locale, actions.noted), Some(draft));
    let press = Callback::new(move |()| {
        change.make(actions_note(subject.id, NoteAction { text: draft.get_untracked() }));
    });
    view! {
        <div class="note-form">
            <TextArea
                field=FieldSpec::new("note", text!(locale, actions.internal_note))
                    .hint(text!(locale, actions.note_hint))
                    .fault(change.fault_of("text"))
                value=draft
                submit=press
            />
            <InlineError error=change.error_beside(&["text"]) reload=subject.reload/>
            <Button
                label=text!(locale, actions.save_note)
                pending=change.pending()
                press=press
            />
        </div>
    }
}
