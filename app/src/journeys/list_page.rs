//! All journeys, latest first.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use px360_domain::journeys::{JourneyFilter, JourneyPage, JourneyRow};
use px360_domain::{Locale, paths};

use super::filter_form::Filters;
use super::sections::{Section, Sections};
use super::server_fns::journeys_list;
use super::{address, words};
use crate::loaded::load;
use crate::ui::card::Skeleton;
use crate::ui::dates::When;
use crate::ui::empty::EmptyState;
use crate::ui::heading::PageHeading;
use crate::ui::numbers::Code;
use crate::ui::problem::ProblemCard;
use crate::ui::table::{Column, DataTable, Pager};

/// The list of journeys.
#[component]
pub(crate) fn JourneysPage() -> impl IntoView {
    let locale = crate::texts::current();
    let query = use_query_map();
    let filter = Memo::new(move |_| address::from_query(&query.read()));
    let page = load(move || filter.get(), journeys_list);
    let retry = Callback::new(move |()| page.refetch());
    let body = move || {
        page.get().map(|page| match page {
            Ok(page) => list(locale, page, &filter.get()),
            Err(error) => view! { <ProblemCard error=error retry=retry/> }.into_any(),
        })
    };
    view! {
        <a class="skip-link" href="#results" rel="external">
            {text!(locale, common.skip_to_results)}
        </a>
        <header class="page-head">
            <PageHeading title=text!(locale, journeys.title)/>
        </header>
        <Sections current=Section::List/>
        <Transition fallback=|| view! { <Skeleton lines=8/> }>{body}</Transition>
    }
}

/// One page of it.
fn list(locale: Locale, page: JourneyPage, filter: &JourneyFilter) -> AnyView {
    let JourneyPage { items, next_cursor } = page;
    let first = filter.cursor.is_some().then(|| address::href(locale, &address::first(filter)));
    let next = next_cursor.map(|cursor| {
        address::href(locale, &JourneyFilter { cursor: Some(cursor), ..filter.clone() })
    });
    let shown = if items.is_empty() {
        empty(locale, filter)
    } else {
        view! {
            <DataTable
                caption=text!(locale, journeys.title)
                columns=columns(locale)
                rows=items
                key=|row: &JourneyRow| row.id.to_string()
                class="records journeys"
            />
        }
        .into_any()
    };
    view! {
        <div class="toolbar">
            <Filters filter=filter.clone()/>
        </div>
        <p id="results" class="list-summary" role="status" tabindex="-1">
            <span>{text!(locale, journeys.latest_first)}</span>
        </p>
        {shown}
        <Pager first=first next=next/>
    }
    .into_any()
}

/// What stands in a row; the visit number leads to the journey.
fn columns(locale: Locale) -> Vec<Column<JourneyRow>> {
    let number = move |row: &JourneyRow| {
        let href = paths::journey(locale, row.id);
        let number = row.encounter_number.clone();
        view! { <a class="row-link" href=href><Code text=number/></a> }.into_any()
    };
    let kind = move |row: &JourneyRow| words::journey_type(locale, row.journey_type).into_any();
    let patient = move |row: &JourneyRow| words::name(locale, &row.patient);
    let hospital = move |row: &JourneyRow| words::name(locale, &row.hospital);
    let status = move |row: &JourneyRow| words::journey_badge(locale, row.status);
    let stage = move |row: &JourneyRow| match &row.stage {
        Some(stage) => words::name(locale, stage),
        None => nothing(),
    };
    let opened = move |row: &JourneyRow| when(row.opened_at);
    let ended = move |row: &JourneyRow| row.ended_at.map_or_else(nothing, when);
    vec![
        Column::new("encounter", text!(locale, journeys.encounter_number), "cell", number).fixed(),
        Column::new("type", text!(locale, journeys.encounter_type), "cell", kind),
        Column::new("patient", text!(locale, journeys.patient), "cell", patient),
        Column::new("hospital", text!(locale, journeys.hospital), "cell", hospital),
        Column::new("status", text!(locale, journeys.status), "cell", status),
        Column::new("stage", text!(locale, journeys.current_stage), "cell", stage),
        Column::new("opened", text!(locale, journeys.opened), "cell", opened),
        Column::new("ended", text!(locale, journeys.ended), "cell", ended),
    ]
}

/// An instant. The list has none of its own, so no year goes without saying.
fn when(at: DateTime<Utc>) -> AnyView {
    view! { <When at=at as_of=DateTime::UNIX_EPOCH/> }.into_any()
}

/// Where there is nothing to say.
fn nothing() -> AnyView {
    view! { <span class="hint">"—"</span> }.into_any()
}

/// Why there is nothing, and the way to more.
fn empty(locale: Locale, filter: &JourneyFilter) -> AnyView {
    if !address::is_filtered(filter) {
        let hint = text!(locale, journeys.empty_hint);
        return view! { <EmptyState icon="inbox" title=text!(locale, journeys.empty) hint=hint/> }
            .into_any();
    }
    let everything = address::href(locale, &address::everything(filter));
    view! {
        <EmptyState
            icon="search-x"
            title=text!(locale, journeys.empty_no_match)
            hint=text!(locale, journeys.empty_no_match_hint)
        >
            <a class="button" href=everything.clone()>{text!(locale, journeys.clear_filters)}</a>
        </EmptyState>
    }
    .into_any()
}
