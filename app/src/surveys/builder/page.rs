//! One survey: the builder of its draft, or a version as it was published.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use px360_domain::ids::SurveyTemplateId;
use px360_domain::surveys::authoring::{SurveyTemplateDetail, SurveyVersionRow, VersionState};
use px360_domain::{Failure, Locale, dates::in_riyadh, paths};

use super::changes::changes;
use super::editor::Editor;
use super::meter::Meter;
use super::preview::Preview;
use super::reading::reading;
use crate::journeys::{name, version_line};
use crate::loaded::load;
use crate::request::Request;
use crate::surveys::server_fns::{
    surveys_begin_draft, surveys_reinstate, surveys_retire, surveys_template,
};
use crate::surveys::words::version_badge;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::card::{Card, Skeleton};
use crate::ui::dates::date;
use crate::ui::dialog::ConfirmDialog;
use crate::ui::failures;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::numbers::{grouped, isolated_words};
use crate::ui::problem::ProblemPage;
use crate::ui::toast::Toasts;

/// The survey that the address names, in the version that it names.
#[component]
pub(crate) fn SurveyTemplatePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let which = Memo::new(move |_| {
        let id = params.read().get_str("id").and_then(|id| id.parse::<SurveyTemplateId>().ok());
        let version = query.read().get_str("version").and_then(|number| number.parse().ok());
        (id, version)
    });
    let detail = load(
        move || which.get(),
        |(id, version)| async move {
            match id {
                Some(id) => surveys_template(id, version).await,
                None => Err(Failure::not_found("survey_template").into()),
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

fn whole(locale: Locale, detail: SurveyTemplateDetail, reload: Callback<()>) -> AnyView {
    let head = head(locale, &detail);
    let edits = detail.version.state == VersionState::Draft && detail.may_write;
    let shown = if edits {
        view! { <Editor detail=detail reload=reload/> }.into_any()
    } else {
        kept(locale, detail, reload)
    };
    view! {
        <div class="way">
            <nav class="breadcrumb" aria-label=text!(locale, common.breadcrumb_label)>
                <a href=paths::surveys(locale)>
                    <Icon name="chevron-left"/>
                    {text!(locale, surveys.title)}
                </a>
            </nav>
        </div>
        {head}
        {shown}
    }
    .into_any()
}

fn head(locale: Locale, detail: &SurveyTemplateDetail) -> AnyView {
    let called = detail.content.title.pick(locale);
    let called = if called.is_empty() { text!(locale, surveys.unnamed) } else { called };
    let version = version_line(locale, detail.version.number);
    let name_line = isolated_words(called);
    let title = text!(locale, journeys.template_heading, name = name_line, version = version);
    let whose = match &detail.row.hospital {
        Some(hospital) => name(locale, hospital),
        None => text!(locale, journeys.whole_group).into_any(),
    };
    view! {
        <header class="page-head journey-head">
            <PageHeading title=title/>
            {version_badge(locale, detail.version.state)}
            <span class="hint">{whose}</span>
        </header>
    }
    .into_any()
}

/// What cannot be changed any more: read, looked at, begun anew.
fn kept(locale: Locale, detail: SurveyTemplateDetail, reload: Callback<()>) -> AnyView {
    let questions = reading(locale, &detail.content);
    let compared = detail.compared_with.map(|before| {
        let lines = changes(locale, &detail.changes);
        let href = paths::survey_version(locale, detail.row.id, before);
        view! {
            <Card title=text!(locale, journeys.changes) id="changes">
                {lines}
                <p><a class="row-link" href=href>{text!(locale, journeys.version_before)}</a></p>
            </Card>
        }
    });
    let body = Signal::stored(detail.content.clone());
    let version = detail.version.id;
    let results = paths::survey_results(locale, detail.row.id);
    let all = versions(locale, &detail);
    let deeds = detail.may_write.then(|| view! { <Deeds detail=detail reload=reload/> });
    view! {
        <div class="columns">
            <div class="column-story">
                <Meter body=body/>
                {questions}
                {compared}
                <Preview version=version page=Signal::stored(1) round=Signal::stored(0)/>
            </div>
            <aside class="column-facts" aria-label=text!(locale, journeys.facts)>
                <Card title=text!(locale, surveys.versions) id="versions">
                    {all}
                </Card>
                <p>
                    <a class="button" href=results>
                        <Icon name="gauge"/>
                        {text!(locale, surveys.results)}
                    </a>
                </p>
                {deeds}
            </aside>
        </div>
    }
    .into_any()
}

fn versions(locale: Locale, detail: &SurveyTemplateDetail) -> AnyView {
    let line = |version: &SurveyVersionRow| {
        let href = paths::survey_version(locale, detail.row.id, version.number);
        let shown = version.id == detail.version.id;
        let published = version.published_at.map(|at| {
            let day = date(locale, in_riyadh(at).date());
            text!(locale, journeys.published_on, day = day).to_string()
        });
        let count = grouped(version.completed);
        let completed =
            text!(locale, surveys.completed_count, count = version.completed, shown = count);
        let by = version.by.as_ref().map(|by| view! { " · " {name(locale, by)} });
        view! {
            <li class="template-version">
                <a class="row-link" href=href aria-current=shown.then_some("page")>
                    {version_line(locale, version.number)}
                </a>
                {version_badge(locale, version.state)}
                <p class="places">{published} {by}</p>
                <p class="places">{completed.to_string()}</p>
            </li>
        }
    };
    let lines = detail.versions.iter().map(line).collect_view();
    view! { <ul class="template-versions">{lines}</ul> }.into_any()
}

/// What whoever writes surveys may do with it.
#[component]
fn Deeds(
    /// The version.
    detail: SurveyTemplateDetail,
    /// Shows it again.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let toasts = use_context::<Toasts>();
    let (copying, retiring, asking) = (Request::new(), Request::new(), RwSignal::new(false));
    let (id, number) = (detail.row.id, detail.version.number);
    let retired = detail.row.retired_at.is_some();
    let draft = paths::survey_template(locale, id);
    let navigate = leptos_router::hooks::use_navigate();
    let begin = Callback::new(move |()| {
        let (navigate, draft) = (navigate.clone(), draft.clone());
        copying.send(surveys_begin_draft(id, Some(number)), move |()| {
            navigate(&draft, leptos_router::NavigateOptions::default());
            reload.run(());
        });
    });
    let turn = Callback::new(move |()| {
        let done = move |()| {
            asking.set(false);
            if let Some(toasts) = toasts {
                toasts.say(text!(locale, surveys.done));
            }
            reload.run(());
        };
        if retired {
            retiring.send(surveys_reinstate(id), done);
        } else {
            retiring.send(surveys_retire(id), done);
        }
    });
    let drafted = detail.row.drafted;
    view! {
        <div class="stack">
            {if drafted {
                view! {
                    <a class="button" href=paths::survey_template(locale, id)>
                        <Icon name="pencil"/>
                        {text!(locale, surveys.to_draft)}
                    </a>
                }.into_any()
            } else {
                view! {
                    <Button
                        label=text!(locale, surveys.new_version)
                        icon="pencil"
                        look=ButtonLook::Primary
                        pending=copying.pending()
                        press=begin
                    />
                }.into_any()
            }}
            <InlineError error=Signal::derive(move || copying.error())/>
            <Button
                label=if retired { text!(locale, surveys.reinstate) } else { text!(locale, surveys.retire) }
                look=ButtonLook::Quiet
                press=Callback::new(move |()| if retired { turn.run(()) } else { asking.set(true) })
            />
            <InlineError error=Signal::derive(move || failures::of_record(retiring.error())) reload=reload/>
            <ConfirmDialog
                id="retire"
                title=text!(locale, surveys.retire_title)
                consequence=text!(locale, surveys.retire_text)
                deed=text!(locale, surveys.retire)
                open=asking
                pending=retiring.pending()
                confirm=turn
            />
        </div>
    }
}
