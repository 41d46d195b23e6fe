//! The builder: three panes and what can be done with the draft as a whole.

use leptos::ev;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use px360_domain::ids::SurveyTemplateId;
use px360_domain::paths;
use px360_domain::surveys::authoring::SurveyTemplateDetail;

use super::draft::Draft;
use super::findings::Findings;
use super::logic_map::LogicMap;
use super::meter::Meter;
use super::preview::Preview;
use super::publish::PublishButton;
use super::question_form::FormPanel;
use super::question_list::QuestionList;
use crate::request::Request;
use crate::surveys::server_fns::{surveys_discard_draft, surveys_test_send};
use crate::ui::button::{Button, ButtonLook, IconButton, InlineError};
use crate::ui::dialog::ConfirmDialog;
use crate::ui::failures;
use crate::ui::icon::Icon;
use crate::ui::toast::Toasts;
use crate::ui::unsaved::UnsavedGuard;

/// Everything that a draft says, and what can be done with it.
#[component]
pub(super) fn Editor(
    /// The draft as it was kept.
    detail: SurveyTemplateDetail,
    /// Shows what is kept by now.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let template = detail.row.id;
    let draft = Draft::new(&detail);
    undo_by_key(draft);
    let unsaved = Signal::derive(move || usize::from(draft.is_changed()));
    let page = Memo::new(move |_| {
        let body = draft.body.read();
        draft.selected.get().and_then(|at| body.questions.get(at)).map_or(1, |it| it.page)
    });
    view! {
        <div class="template-page builder">
            <div class="editor-bar">
                <PublishButton draft=draft reload=reload/>
                <Steps draft=draft/>
                <LogicMap draft=draft/>
                <TestSend id=template/>
                <Discard draft=draft/>
                <Saved draft=draft/>
            </div>
            <InlineError error=Signal::derive(move || failures::of_record(draft.saving.error())) reload=reload/>
            <Meter body=draft.body/>
            <div class="panes">
                <QuestionList draft=draft/>
                <FormPanel draft=draft/>
                <div class="pane-preview">
                    <Preview version=draft.version page=page round=draft.lock_version/>
                    <Findings draft=draft/>
                </div>
            </div>
            <div class="quiet-guard">
                <UnsavedGuard changes=unsaved>
                    <Button
                        label=text!(locale, surveys.save_now)
                        pending=draft.saving.pending()
                        press=Callback::new(move |()| draft.keep_now())
                    />
                </UnsavedGuard>
            </div>
        </div>
    }
}

/// Sends what is kept so far to whoever writes it.
#[component]
fn TestSend(
    /// Which survey.
    id: SurveyTemplateId,
) -> impl IntoView {
    let locale = crate::texts::current();
    let toasts = use_context::<Toasts>();
    let request = Request::new();
    let press = Callback::new(move |()| {
        request.send(surveys_test_send(id), move |()| {
            if let Some(toasts) = toasts {
                toasts.say(text!(locale, surveys.test_sent));
            }
        });
    });
    view! {
        <Button
            label=text!(locale, surveys.test_send)
            icon="send"
            look=ButtonLook::Quiet
            pending=request.pending()
            press=press
        />
        <InlineError error=Signal::derive(move || request.error())/>
    }
}

/// Ctrl+Z and Ctrl+Shift+Z, except where a field has its own undo.
fn undo_by_key(draft: Draft) {
    Effect::new(move || {
        let keys = window_event_listener(ev::keydown, move |ev| {
            let held = (ev.ctrl_key() || ev.meta_key()) && ev.code() == "KeyZ";
            if !held || crate::ui::shortcuts::is_typing(&ev) {
                return;
            }
            ev.prevent_default();
            if ev.shift_key() {
                draft.redo();
            } else {
                draft.undo();
            }
        });
        on_cleanup(move || keys.remove());
    });
}

/// Steps back and forth.
#[component]
fn Steps(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    view! {
        <span class="steps" class:steps-none=move || !draft.can_undo()>
            <IconButton
                label=text!(locale, surveys.undo)
                icon="undo-2"
                press=Callback::new(move |()| draft.undo())
            />
        </span>
        <span class="steps" class:steps-none=move || !draft.can_redo()>
            <IconButton
                label=text!(locale, surveys.redo)
                icon="redo-2"
                press=Callback::new(move |()| draft.redo())
            />
        </span>
    }
}

/// Whether everything is kept.
#[component]
fn Saved(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    let failed = move || draft.saving.error().is_some();
    let said = move || {
        if failed() {
            text!(locale, surveys.not_saved)
        } else if draft.is_changed() || draft.saving.pending().get() {
            text!(locale, surveys.saving)
        } else {
            text!(locale, surveys.saved)
        }
    };
    view! {
        <p class="saved" class:saved-not=failed role="status">
            <Icon name="check"/>
            {said}
        </p>
    }
}

/// Throws the draft away.
#[component]
fn Discard(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (asking, request) = (RwSignal::new(false), Request::new());
    let navigate = use_navigate();
    let discard = Callback::new(move |()| {
        let navigate = navigate.clone();
        draft.stop();
        request.send(surveys_discard_draft(draft.id), move |()| {
            asking.set(false);
            navigate(&paths::surveys(locale), NavigateOptions::default());
        });
    });
    view! {
        <Button
            label=text!(locale, surveys.discard)
            icon="trash-2"
            look=ButtonLook::Quiet
            press=Callback::new(move |()| asking.set(true))
        />
        <ConfirmDialog
            id="discard"
            title=text!(locale, surveys.discard_title)
            consequence=text!(locale, surveys.discard_text)
            deed=text!(locale, surveys.discard)
            open=asking
            pending=request.pending()
            confirm=discard
        />
        <InlineError error=Signal::derive(move || request.error())/>
    }
}
