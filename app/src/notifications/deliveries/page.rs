//! The log of messages to patients.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use px360_domain::Locale;
use px360_domain::notifications::{DeliveryFilter, DeliveryPage, TextMeter};

use super::address;
use super::filter_form::FilterForm;
use super::line::line;
use super::pauses::Pauses;
use crate::loaded::load;
use crate::notifications::server_fns::notifications_log;
use crate::surveys::{Section, Sections};
use crate::ui::card::Skeleton;
use crate::ui::empty::EmptyState;
use crate::ui::heading::PageHeading;
use crate::ui::numbers::{grouped, riyals};
use crate::ui::problem::ProblemCard;
use crate::ui::table::Pager;

/// What became of every message to a patient.
#[component]
pub(crate) fn DeliveriesPage() -> impl IntoView {
    let locale = crate::texts::current();
    let query = use_query_map();
    let filter = Memo::new(move |_| address::read(&query.read()));
    let log = load(move || filter.get(), notifications_log);
    let retry = Callback::new(move |()| log.refetch());
    let body = move || {
        log.get().map(|log| match log {
            Ok(page) => shown(locale, &filter.get_untracked(), page),
            Err(error) => view! { <ProblemCard error=error retry=retry/> }.into_any(),
        })
    };
    view! {
        <header class="page-head">
            <PageHeading title=text!(locale, surveys.deliveries)/>
        </header>
        <Sections current=Section::Deliveries/>
        <Pauses/>
        <Transition fallback=|| view! { <Skeleton lines=10/> }>{body}</Transition>
    }
}

fn shown(locale: Locale, filter: &DeliveryFilter, page: DeliveryPage) -> AnyView {
    let DeliveryPage { items, next_cursor, meter } = page;
    let first = filter
        .cursor
        .is_some()
        .then(|| address::href(locale, &DeliveryFilter { cursor: None, ..filter.clone() }));
    let next = next_cursor.map(|cursor| {
        address::href(locale, &DeliveryFilter { cursor: Some(cursor), ..filter.clone() })
    });
    let none = items.is_empty().then(|| {
        view! {
            <EmptyState
                icon="inbox"
                title=text!(locale, surveys.no_deliveries)
                hint=text!(locale, surveys.no_deliveries_hint)
            />
        }
    });
    let lines = items.iter().map(|row| line(locale, row)).collect_view();
    let any = !items.is_empty();
    view! {
        <div class="template-page">
            <p class="hint">{text!(locale, surveys.deliveries_text)}</p>
            {metered(locale, meter)}
            <FilterForm filter=filter.clone()/>
            {none}
            {any.then(|| view! {
                <div class="card">
                    <ul class="template-versions">{lines}</ul>
                </div>
            })}
            <Pager first=first next=next/>
        </div>
    }
    .into_any()
}

/// What text messages cost of late.
fn metered(locale: Locale, meter: TextMeter) -> Option<impl IntoView> {
    let TextMeter { messages, segments, halalas } = meter;
    (messages > 0).then(|| {
        let texts =
            text!(locale, surveys.meter_messages, count = messages, shown = grouped(messages))
                .to_string();
        let parts = text!(locale, surveys.segments, count = segments, shown = grouped(segments))
            .to_string();
        let cost = halalas.map(|halalas| {
            let cost = text!(locale, surveys.meter_cost, amount = riyals(halalas)).to_string();
            view! { <span>{cost}</span> }
        });
        view! { <p class="places"><span>{texts}</span> <span>{parts}</span> {cost}</p> }
    })
}
