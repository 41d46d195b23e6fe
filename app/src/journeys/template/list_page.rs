//! All templates and their versions.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use px360_domain::journeys::JourneyType;
use px360_domain::journeys::template::{CreateDraft, TemplateList, TemplateRow, TemplateState};
use px360_domain::{Locale, paths};

use super::words::{state_badge, version_line};
use crate::journeys::sections::{Section, Sections};
use crate::journeys::server_fns::{journeys_create_draft, journeys_templates};
use crate::journeys::words::{journey_type, name};
use crate::loaded::load;
use crate::request::Request;
use crate::ui::button::{Button, InlineError};
use crate::ui::card::Skeleton;
use crate::ui::dates::date;
use crate::ui::fields::{Choice, FieldSpec, Select};
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::numbers::grouped;
use crate::ui::problem::ProblemCard;
use px360_domain::dates::in_riyadh;

/// What every kind of journey should be.
#[component]
pub(crate) fn TemplatesPage() -> impl IntoView {
    let locale = crate::texts::current();
    let list = load(|| (), |()| journeys_templates());
    let retry = Callback::new(move |()| list.refetch());
    let body = move || {
        list.get().map(|list| match list {
            Ok(list) => view! { <All list=list/> }.into_any(),
            Err(error) => view! { <ProblemCard error=error retry=retry/> }.into_any(),
        })
    };
    view! {
        <header class="page-head">
            <PageHeading title=text!(locale, journeys.templates_title)/>
        </header>
        <Sections current=Section::Templates/>
        <Transition fallback=|| view! { <Skeleton lines=8/> }>{body}</Transition>
    }
}

#[component]
fn All(
    /// What came back.
    list: TemplateList,
) -> impl IntoView {
    let locale = crate::texts::current();
    let writes = list.may_write_group || !list.hospitals.is_empty();
    let form = writes.then(|| view! { <NewDraft list=list.clone()/> });
    let types = JourneyType::ALL
        .iter()
        .map(|kind| {
            let of_type = list.items.iter().filter(|row| row.journey_type == *kind);
            of_kind(locale, *kind, of_type.cloned().collect())
        })
        .collect_view();
    view! {
        <div class="template-page">
            <p class="hint">{text!(locale, journeys.templates_text)}</p>
            {types}
            {form}
        </div>
    }
}

fn of_kind(locale: Locale, kind: JourneyType, rows: Vec<TemplateRow>) -> AnyView {
    let id = kind.as_str();
    let (now, old): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|row| row.state != TemplateState::Retired);
    let none = now.is_empty().then(|| {
        view! { <p class="hint">{text!(locale, journeys.no_template)}</p> }
    });
    let now = now.into_iter().map(|row| version(locale, row)).collect_view();
    let old = (!old.is_empty()).then(|| {
        let old = old.into_iter().map(|row| version(locale, row)).collect_view();
        view! {
            <details class="template-old">
                <summary>{text!(locale, journeys.retired_versions)}</summary>
                <ul class="template-versions">{old}</ul>
            </details>
        }
    });
    view! {
        <section class="card" aria-labelledby=id>
            <h2 id=id class="card-title">{journey_type(locale, kind)}</h2>
            {none}
            <ul class="template-versions">{now}</ul>
            {old}
        </section>
    }
    .into_any()
}

fn version(locale: Locale, row: TemplateRow) -> AnyView {
    let whose = match &row.hospital {
        Some(hospital) => name(locale, hospital),
        None => text!(locale, journeys.whole_group).into_any(),
    };
    let stages = text!(locale, journeys.stage_count, count = row.stages).to_string();
    let running = (row.running > 0).then(|| {
        let shown = grouped(row.running);
        text!(locale, journeys.running_count, count = row.running, shown = shown).to_string()
    });
    let published = row.published_at.map(|at| {
        text!(locale, journeys.published_on, day = date(locale, in_riyadh(at).date())).to_string()
    });
    let facts = [Some(stages), running, published]
        .into_iter()
        .flatten()
        .map(|fact| view! { <span>{fact}</span> })
        .collect_view();
    let called = row.name.pick(locale);
    let called = if called.is_empty() { text!(locale, journeys.unnamed) } else { called };
    let called = called.to_owned();
    view! {
        <li class="template-version">
            <a class="row-link" href=paths::template(locale, row.id)>
                <bdi dir="auto">{called}</bdi>
                " · "
                {version_line(locale, row.version)}
            </a>
            {state_badge(locale, row.state)}
            <span class="template-owner"><Icon name="hospital"/>{whose}</span>
            <p class="places">{facts}</p>
        </li>
    }
    .into_any()
}

/// Begins a draft: of which kind, for whom.
#[component]
fn NewDraft(
    /// What there is.
    list: TemplateList,
) -> impl IntoView {
    let locale = crate::texts::current();
    let kind = RwSignal::new(JourneyType::Opd.to_string());
    let group = list.may_write_group.then(|| Choice::new("", text!(locale, journeys.whole_group)));
    let hospitals = list
        .hospitals
        .iter()
        .map(|hospital| Choice::new(hospital.id.to_string(), hospital.name.pick(locale)));
    let owners: Vec<Choice> = group.into_iter().chain(hospitals).collect();
    let owner = RwSignal::new(owners.first().map(|it| it.value.clone()).unwrap_or_default());
    let request = Request::new();
    let navigate = use_navigate();
    let begin = Callback::new(move |()| {
        let Ok(journey_type) = kind.read_untracked().parse() else { return };
        let hospital_id = owner.read_untracked().parse().ok();
        let navigate = navigate.clone();
        let cmd = CreateDraft { hospital_id, journey_type, copy_of: None };
        request.send(journeys_create_draft(cmd), move |id| {
            navigate(&paths::template(locale, id), NavigateOptions::default());
        });
    });
    let kinds = JourneyType::ALL
        .iter()
        .map(|kind| Choice::new(kind.as_str(), journey_type(locale, *kind)))
        .collect();
    view! {
        <section class="card stack" aria-labelledby="new-draft">
            <h2 id="new-draft" class="card-title">{text!(locale, journeys.new_draft)}</h2>
            <p class="hint">{text!(locale, journeys.new_draft_text)}</p>
            <div class="field-pair">
                <Select
                    field=FieldSpec::new("draft-type", text!(locale, journeys.encounter_type))
                    value=kind
                    choices=kinds
                />
                <Select
                    field=FieldSpec::new("draft-owner", text!(locale, journeys.draft_owner))
                    value=owner
                    choices=owners
                />
            </div>
            <InlineError error=Signal::derive(move || request.error())/>
            <Button
                label=text!(locale, journeys.begin_draft)
                icon="plus"
                pending=request.pending()
                press=begin
            />
        </section>
    }
}
