//! The editor of a draft.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use px360_domain::journeys::template::TemplateDetail;
use px360_domain::paths;

use super::draft::Draft;
use super::findings::Findings;
use super::head_form::HeadForm;
use super::publish::PublishButton;
use super::stage_form::StagePanel;
use super::stage_list::StageList;
use crate::journeys::server_fns::journeys_discard_draft;
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::dialog::ConfirmDialog;
use crate::ui::failures;
use crate::ui::icon::Icon;
use crate::ui::toast::Toasts;
use crate::ui::unsaved::UnsavedGuard;

/// Everything that a draft says, and what can be done with it.
#[component]
pub(super) fn Editor(
    /// The draft as it was kept.
    detail: TemplateDetail,
    /// Shows what is kept by now.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let draft = Draft::new(&detail);
    let toasts = use_context::<Toasts>();
    let save = Callback::new(move |()| {
        draft.save(move || {
            if let Some(toasts) = toasts {
                toasts.say(text!(locale, journeys.draft_saved));
            }
        });
    });
    let changes = Signal::derive(move || usize::from(draft.is_changed()));
    view! {
        <div class="template-page">
        <div class="editor-bar">
            <Button
                label=text!(locale, journeys.save_draft)
                pending=draft.saving.pending()
                press=save
            />
            <TestLink draft=draft/>
            <PublishButton draft=draft reload=reload/>
            <Discard draft=draft/>
        </div>
        <InlineError error=Signal::derive(move || failures::of_record(draft.saving.error())) reload=reload/>
        <HeadForm draft=draft/>
        <div class="editor">
            <StageList draft=draft/>
            <StagePanel draft=draft/>
        </div>
        <Findings draft=draft/>
        <UnsavedGuard changes=changes>
            <Button
                label=text!(locale, journeys.save_draft)
                look=ButtonLook::Primary
                pending=draft.saving.pending()
                press=save
            />
        </UnsavedGuard>
        </div>
    }
}

/// To the test bench, with this draft.
#[component]
fn TestLink(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    let href = format!("{}?template={}", paths::test_bench(locale), draft.id);
    view! {
        <a class="button" href=href>
            <Icon name="play"/>
            {text!(locale, journeys.test_draft)}
        </a>
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
        request.send(journeys_discard_draft(draft.id), move |()| {
            asking.set(false);
            navigate(&paths::templates(locale), NavigateOptions::default());
        });
    });
    view! {
        <Button
            label=text!(locale, journeys.discard_draft)
            icon="trash-2"
            look=ButtonLook::Quiet
            press=Callback::new(move |()| asking.set(true))
        />
        <ConfirmDialog
            id="discard"
            title=text!(locale, journeys.discard_title)
            consequence=text!(locale, journeys.discard_text)
            deed=text!(locale, journeys.discard_draft)
            open=asking
            pending=request.pending()
            confirm=discard
        />
        <InlineError error=Signal::derive(move || request.error())/>
    }
}
