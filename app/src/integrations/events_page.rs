//! The log of messages, newest first.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use px360_domain::access::Permission;
use px360_domain::accounts::HospitalName;
use px360_domain::integrations::{EventPage as Page, EventRow};
use px360_domain::{Locale, paths};

use super::address::Address;
use super::filter_form::{Filters, Known, in_words};
use super::replay::ReplayMany;
use super::server_fns::{integrations_events, integrations_sources};
use super::words;
use crate::journeys::{Section, Sections};
use crate::layout::{MeResource, name_of};
use crate::loaded::load;
use crate::ui::card::Skeleton;
use crate::ui::empty::EmptyState;
use crate::ui::heading::PageHeading;
use crate::ui::numbers::{Code, Num, grouped};
use crate::ui::problem::ProblemCard;
use crate::ui::table::{Column, DataTable, Pager};

/// What came from other systems, and what became of it.
#[component]
pub(crate) fn EventsPage() -> impl IntoView {
    let locale = crate::texts::current();
    let query = use_query_map();
    let address = Memo::new(move |_| Address::from_query(&query.read()));
    let page = load(move || address.get().filter(), integrations_events);
    let sources = load(|| (), |()| integrations_sources());
    let me = use_context::<MeResource>();
    let reload = Callback::new(move |()| page.refetch());
    let body = move || {
        let me = me.and_then(|MeResource(me)| me.get()).and_then(Result::ok)?;
        // Where they cannot be had, there is one filter less.
        let sources = sources.get()?.unwrap_or_default().items;
        let replays = me.may(Permission::EventReplay);
        let known = Known { hospitals: me.hospitals, sources };
        Some(match page.get()? {
            Ok(page) => log(locale, page, &address.get(), known, replays.then_some(reload)),
            Err(error) => view! { <ProblemCard error=error retry=reload/> }.into_any(),
        })
    };
    view! {
        <a class="skip-link" href="#results" rel="external">
            {text!(locale, common.skip_to_results)}
        </a>
        <header class="page-head">
            <PageHeading title=text!(locale, integrations.events_title)/>
        </header>
        <Sections current=Section::Events/>
        <Transition fallback=|| view! { <Skeleton lines=8/> }>{body}</Transition>
    }
}

/// Filters, rows and the way to the next page; `replay` loads it again for whoever may run messages again.
fn log(
    locale: Locale,
    page: Page,
    address: &Address,
    known: Known,
    replay: Option<Callback<()>>,
) -> AnyView {
    let Page { items, next_cursor } = page;
    let first = address.cursor.is_some().then(|| address.first().href(locale));
    let next =
        next_cursor.map(|cursor| Address { cursor: Some(cursor), ..address.clone() }.href(locale));
    let hospitals = known.hospitals.clone();
    let meant = in_words(locale, address, &known);
    let again = replay.zip(address.replay()).filter(|_| !items.is_empty());
    let again =
        again.map(|(reload, cmd)| view! { <ReplayMany cmd=cmd meant=meant reload=reload/> });
    let shown =
        if items.is_empty() { empty(locale, address) } else { rows(locale, items, hospitals) };
    view! {
        <div class="toolbar">
            <Filters address=address.clone() known=known/>
            <div class="toolbar-end">{again}</div>
        </div>
        <p id="results" class="list-summary" role="status" tabindex="-1">
            <span>{text!(locale, integrations.newest_first)}</span>
        </p>
        {shown}
        <Pager first=first next=next/>
    }
    .into_any()
}

fn rows(locale: Locale, items: Vec<EventRow>, hospitals: Vec<HospitalName>) -> AnyView {
    view! {
        <DataTable
            caption=text!(locale, integrations.events_title)
            columns=columns(locale, hospitals)
            rows=items
            key=|row: &EventRow| row.event_id.to_string()
            class="records events"
        />
    }
    .into_any()
}

fn columns(locale: Locale, hospitals: Vec<HospitalName>) -> Vec<Column<EventRow>> {
    vec![
        Column::new(
            "received",
            text!(locale, integrations.received),
            "cell",
            move |row: &EventRow| {
                let href = paths::event(locale, row.event_id);
                view! { <a class="row-link" href=href>{words::moment(locale, row.received_at)}</a> }
                    .into_any()
            },
        )
        .fixed(),
        Column::new("status", text!(locale, integrations.status), "cell", move |row: &EventRow| {
            standing(locale, row)
        }),
        Column::new(
            "event_code",
            text!(locale, integrations.event_code),
            "cell",
            |row: &EventRow| code(row.event_code.as_deref()),
        ),
        Column::new("format", text!(locale, integrations.format), "cell", move |row: &EventRow| {
            view! { <Code text=words::format(locale, row.format)/> }.into_any()
        }),
        Column::new(
            "encounter",
            text!(locale, integrations.encounter),
            "cell",
            |row: &EventRow| code(row.encounter_id.as_deref()),
        ),
        Column::new("source", text!(locale, integrations.source), "cell", |row: &EventRow| {
            view! { <bdi dir="auto">{row.source.clone()}</bdi> }.into_any()
        }),
        Column::new("hospital", text!(locale, common.hospital), "cell", move |row: &EventRow| {
            let name = row.hospital.as_deref().map(|code| name_of(locale, &hospitals, code));
            name.map(|name| view! { <bdi>{name}</bdi> }).into_any()
        }),
        Column::new(
            "attempts",
            text!(locale, integrations.attempts),
            "numeric",
            |row: &EventRow| view! { <Num text=grouped(i64::from(row.attempts))/> }.into_any(),
        ),
    ]
}

fn code(text: Option<&str>) -> AnyView {
    text.map(|text| view! { <Code text=text.to_owned()/> }).into_any()
}

/// Where a message stands, why, and which code it waits for.
fn standing(locale: Locale, row: &EventRow) -> AnyView {
    let waits = row.waits_for.clone().map(|code| view! { " " <Code text=code/> });
    let why = row.reason.map(|reason| {
        view! { <span class="second-line">{words::reason(locale, reason)} {waits}</span> }
    });
    view! {
        {words::status_badge(locale, row.status)}
        {why}
    }
    .into_any()
}

/// Nothing to show, and why.
fn empty(locale: Locale, address: &Address) -> AnyView {
    if !address.is_filtered() {
        let title = text!(locale, integrations.empty);
        let hint = text!(locale, integrations.empty_hint);
        return view! { <EmptyState icon="inbox" title=title hint=hint/> }.into_any();
    }
    view! {
        <EmptyState
            icon="search-x"
            title=text!(locale, integrations.empty_no_match)
            hint=text!(locale, integrations.empty_no_match_hint)
        >
            <a class="button" href=paths::events(locale)>
                {text!(locale, integrations.clear_filters)}
            </a>
        </EmptyState>
    }
    .into_any()
}
