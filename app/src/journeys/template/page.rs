//! One version of a template: the editor of a draft, or what is published.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};
use px360_domain::ids::JourneyTemplateId;
use px360_domain::journeys::JourneyFilter;
use px360_domain::journeys::template::{
    CreateDraft, SeenTemplate, TemplateDetail, TemplateRow, TemplateState,
};
use px360_domain::{Failure, Locale, paths};

use super::changes::changes;
use super::editor::Editor;
use super::reading::reading;
use super::words::{state_badge, version_line};
use crate::journeys::address;
use crate::journeys::server_fns::{journeys_create_draft, journeys_retire, journeys_template};
use crate::journeys::words::{journey_type, name};
use crate::loaded::load;
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::card::{Card, Skeleton};
use crate::ui::dialog::ConfirmDialog;
use crate::ui::failures;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::numbers::{grouped, isolated_words};
use crate::ui::problem::ProblemPage;
use crate::ui::toast::Toasts;

/// The version that the address names.
#[component]
pub(crate) fn TemplatePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.read().get_str("id").and_then(|id| id.parse::<JourneyTemplateId>().ok())
    });
    let detail = load(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => journeys_template(id).await,
                None => Err(Failure::not_found("journey_template").into()),
            }
        },
    );
    let reload = Callback::new(move |()| detail.refetch());
    let locale = crate::texts::current();
    let body = move || {
        detail.get().map(|detail| match detail {
            Ok(detail) => whole(locale, detail, reload),
            Err(error) => view! { <ProblemPage error=error/> }.into_any(),
        })
    };
    view! { <Transition fallback=|| view! { <Skeleton lines=10/> }>{body}</Transition> }
}

fn whole(locale: Locale, detail: TemplateDetail, reload: Callback<()>) -> AnyView {
    let head = head(locale, &detail.row);
    let edits = detail.row.state == TemplateState::Draft && detail.may_write;
    let shown = if edits {
        view! { <Editor detail=detail reload=reload/> }.into_any()
    } else {
        kept(locale, detail, reload)
    };
    view! {
        <div class="way">
            <nav class="breadcrumb" aria-label=text!(locale, common.breadcrumb_label)>
                <a href=paths::templates(locale)>
                    <Icon name="chevron-left"/>
                    {text!(locale, journeys.templates_title)}
                </a>
            </nav>
        </div>
        {head}
        {shown}
    }
    .into_any()
}

fn head(locale: Locale, row: &TemplateRow) -> AnyView {
    let called = row.name.pick(locale);
    let called = if called.is_empty() { text!(locale, journeys.unnamed) } else { called };
    let version = version_line(locale, row.version);
    let name_line = isolated_words(called);
    let title = text!(locale, journeys.template_heading, name = name_line, version = version);
    let whose = match &row.hospital {
        Some(hospital) => name(locale, hospital),
        None => text!(locale, journeys.whole_group).into_any(),
    };
    view! {
        <header class="page-head journey-head">
            <PageHeading title=title/>
            {state_badge(locale, row.state)}
            <span class="hint">{journey_type(locale, row.journey_type)} " · " {whose}</span>
        </header>
    }
    .into_any()
}

/// What cannot be changed any more: read, copied into a draft, retired.
fn kept(locale: Locale, detail: TemplateDetail, reload: Callback<()>) -> AnyView {
    let stages = reading(locale, &detail.body, &detail.surveys);
    let compared = detail.replaces.map(|before| {
        let lines = changes(locale, &detail.changes);
        view! {
            <Card title=text!(locale, journeys.changes) id="changes">
                {lines}
                <p><a class="row-link" href=paths::template(locale, before)>{text!(locale, journeys.version_before)}</a></p>
            </Card>
        }
    });
    let filter = JourneyFilter { template_id: Some(detail.row.id), ..JourneyFilter::default() };
    let running = text!(
        locale,
        journeys.running_count,
        count = detail.row.running,
        shown = grouped(detail.row.running)
    )
    .to_string();
    let deeds = detail.may_write.then(|| view! { <Deeds detail=detail.clone() reload=reload/> });
    view! {
        <div class="columns">
            <div class="column-story">{stages} {compared}</div>
            <aside class="column-facts" aria-label=text!(locale, journeys.facts)>
                <Card title=text!(locale, journeys.facts) id="facts">
                    <p><a class="row-link" href=address::href(locale, &filter)>{running}</a></p>
                    {deeds}
                </Card>
            </aside>
        </div>
    }
    .into_any()
}

/// What whoever writes templates may do with it.
#[component]
fn Deeds(
    /// The version.
    detail: TemplateDetail,
    /// Shows it again.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let toasts = use_context::<Toasts>();
    let (copying, retiring, asking) = (Request::new(), Request::new(), RwSignal::new(false));
    let row = detail.row;
    let (id, lock_version) = (row.id, detail.lock_version);
    let navigate = use_navigate();
    let copy = Callback::new(move |()| {
        let navigate = navigate.clone();
        let cmd = CreateDraft {
            hospital_id: row.hospital_id,
            journey_type: row.journey_type,
            copy_of: Some(id),
        };
        copying.send(journeys_create_draft(cmd), move |draft| {
            navigate(&paths::template(locale, draft), NavigateOptions::default());
        });
    });
    let retire = Callback::new(move |()| {
        retiring.send(journeys_retire(id, SeenTemplate { lock_version }), move |()| {
            asking.set(false);
            if let Some(toasts) = toasts {
                toasts.say(text!(locale, journeys.template_retired));
            }
            reload.run(());
        });
    });
    let may_retire = row.state == TemplateState::Published;
    view! {
        <div class="stack">
            <Button
                label=text!(locale, journeys.copy_to_draft)
                icon="copy"
                look=ButtonLook::Primary
                pending=copying.pending()
                press=copy
            />
            <InlineError error=Signal::derive(move || copying.error())/>
            {may_retire.then(|| view! {
                <Button
                    label=text!(locale, journeys.retire)
                    look=ButtonLook::Quiet
                    press=Callback::new(move |()| asking.set(true))
                />
            })}
            <InlineError error=Signal::derive(move || failures::of_record(retiring.error())) reload=reload/>
            <ConfirmDialog
                id="retire"
                title=text!(locale, journeys.retire_title)
                consequence=text!(locale, journeys.retire_text)
                deed=text!(locale, journeys.retire)
                open=asking
                pending=retiring.pending()
                confirm=retire
            />
        </div>
    }
}
