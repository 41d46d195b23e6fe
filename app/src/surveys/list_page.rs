//! All surveys.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use px360_domain::surveys::authoring::{
    CreateSurveyTemplate, SurveyTemplateList, SurveyTemplateRow,
};
use px360_domain::{Bilingual, Locale, paths};

use super::sections::{Section, Sections};
use super::server_fns::{surveys_create_template, surveys_templates};
use crate::journeys::{name, version_line};
use crate::loaded::load;
use crate::request::Request;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::card::Skeleton;
use crate::ui::fields::{BilingualField, Choice, FieldSpec, Select};
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::numbers::{Code, grouped};
use crate::ui::problem::ProblemCard;

/// What patients are asked.
#[component]
pub(crate) fn SurveysPage() -> impl IntoView {
    let locale = crate::texts::current();
    let list = load(|| (), |()| surveys_templates());
    let retry = Callback::new(move |()| list.refetch());
    let body = move || {
        list.get().map(|list| match list {
            Ok(list) => view! { <All list=list/> }.into_any(),
            Err(error) => view! { <ProblemCard error=error retry=retry/> }.into_any(),
        })
    };
    view! {
        <header class="page-head">
            <PageHeading title=text!(locale, surveys.title)/>
        </header>
        <Sections current=Section::Surveys/>
        <Transition fallback=|| view! { <Skeleton lines=8/> }>{body}</Transition>
    }
}

#[component]
fn All(
    /// What came back.
    list: SurveyTemplateList,
) -> impl IntoView {
    let locale = crate::texts::current();
    let writes = list.may_write_group || !list.hospitals.is_empty();
    let form = writes.then(|| view! { <NewSurvey list=list.clone()/> });
    let (now, old): (Vec<_>, Vec<_>) =
        list.items.into_iter().partition(|row| row.retired_at.is_none());
    let none = now.is_empty().then(|| view! { <p class="hint">{text!(locale, surveys.none)}</p> });
    let now = now.into_iter().map(|row| survey(locale, row)).collect_view();
    let old = (!old.is_empty()).then(|| {
        let old = old.into_iter().map(|row| survey(locale, row)).collect_view();
        view! {
            <details class="template-old">
                <summary>{text!(locale, surveys.retired)}</summary>
                <ul class="template-versions">{old}</ul>
            </details>
        }
    });
    view! {
        <div class="template-page">
            <p class="hint">{text!(locale, surveys.text)}</p>
            <section class="card" aria-labelledby="all-surveys">
                <h2 id="all-surveys" class="card-title">{text!(locale, surveys.all)}</h2>
                {none}
                <ul class="template-versions">{now}</ul>
                {old}
            </section>
            {form}
        </div>
    }
}

fn survey(locale: Locale, row: SurveyTemplateRow) -> AnyView {
    let whose = match &row.hospital {
        Some(hospital) => name(locale, hospital),
        None => text!(locale, journeys.whole_group).into_any(),
    };
    let questions = text!(locale, surveys.question_count, count = row.questions).to_string();
    let stages = (row.stages > 0)
        .then(|| text!(locale, surveys.stage_count, count = row.stages).to_string());
    let completed = (row.completed > 0).then(|| {
        let shown = grouped(row.completed);
        text!(locale, surveys.completed_lately, count = row.completed, shown = shown).to_string()
    });
    let facts = [Some(questions), stages, completed]
        .into_iter()
        .flatten()
        .map(|fact| view! { <span>{fact}</span> })
        .collect_view();
    let called = row.name.pick(locale);
    let called = if called.is_empty() { text!(locale, surveys.unnamed) } else { called };
    let called = called.to_owned();
    let version = row.current.map(|number| view! { " · " {version_line(locale, number)} });
    let drafted = row.drafted.then(|| {
        view! { <Badge tone=Tone::Info icon="pencil" label=text!(locale, surveys.state_draft)/> }
    });
    view! {
        <li class="template-version">
            <a class="row-link" href=paths::survey_template(locale, row.id)>
                <bdi dir="auto">{called}</bdi>
                {version}
            </a>
            {drafted}
            <span class="template-owner"><Icon name="hospital"/>{whose}</span>
            <Code text=row.code/>
            {row.current.map(|_| view! {
                <a class="row-link" href=paths::survey_results(locale, row.id)>{text!(locale, surveys.results)}</a>
            })}
            <p class="places">{facts}</p>
        </li>
    }
    .into_any()
}

/// Begins a survey: for whom, and whose questions it begins with.
#[component]
fn NewSurvey(
    /// What there is.
    list: SurveyTemplateList,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (ar, en) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let group = list.may_write_group.then(|| Choice::new("", text!(locale, journeys.whole_group)));
    let hospitals = list
        .hospitals
        .iter()
        .map(|hospital| Choice::new(hospital.id.to_string(), hospital.name.pick(locale)));
    let owners: Vec<Choice> = group.into_iter().chain(hospitals).collect();
    let owner = RwSignal::new(owners.first().map(|it| it.value.clone()).unwrap_or_default());
    let copied = RwSignal::new(String::new());
    let sources = list
        .items
        .iter()
        .map(|row| Choice::new(row.id.to_string(), row.name.pick(locale)))
        .collect();
    let request = Request::new();
    let navigate = use_navigate();
    let begin = Callback::new(move |()| {
        let navigate = navigate.clone();
        let cmd = CreateSurveyTemplate {
            hospital_id: owner.read_untracked().parse().ok(),
            title: Bilingual::new(ar.read_untracked().trim(), en.read_untracked().trim()),
            copy_of: copied.read_untracked().parse().ok(),
        };
        request.send(surveys_create_template(cmd), move |id| {
            navigate(&paths::survey_template(locale, id), NavigateOptions::default());
        });
    });
    view! {
        <section class="card stack" aria-labelledby="new-survey">
            <h2 id="new-survey" class="card-title">{text!(locale, surveys.new_survey)}</h2>
            <BilingualField
                field=FieldSpec::new("new-title", text!(locale, surveys.survey_title))
                ids=("new-title-ar", "new-title-en")
                ar=ar
                en=en
            />
            <div class="field-pair">
                <Select
                    field=FieldSpec::new("new-owner", text!(locale, journeys.draft_owner))
                    value=owner
                    choices=owners
                />
                <Select
                    field=FieldSpec::new("new-copy", text!(locale, surveys.begin_with))
                    value=copied
                    choices=sources
                    empty=Some(text!(locale, surveys.begin_empty).to_owned())
                />
            </div>
            <InlineError error=Signal::derive(move || request.error())/>
            <Button
                label=text!(locale, surveys.begin_survey)
                icon="plus"
                look=ButtonLook::Primary
                pending=request.pending()
                press=begin
            />
        </section>
    }
}
