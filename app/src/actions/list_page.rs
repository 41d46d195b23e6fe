//! The queue.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use px360_domain::Locale;
use px360_domain::accounts::HospitalName;
use px360_domain::actions::{ActionFilter, ActionList};
use px360_domain::paths;

use super::filter;
use super::filter_bar::FilterBar;
use super::row::ActionRow;
use super::server_fns::actions_list;
use super::views::FixedViews;
use crate::layout::MeResource;
use crate::loaded::load;
use crate::ui::card::Skeleton;
use crate::ui::dates::date_time;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::numbers::grouped;
use crate::ui::problem::ProblemCard;

/// The list of actions, nearest deadline first.
#[component]
pub(crate) fn ActionsPage() -> impl IntoView {
    let locale = crate::texts::current();
    let query = use_query_map();
    let filter = Memo::new(move |_| filter::from_query(&query.read()));
    let list = load(move || filter.get(), actions_list);
    let me = use_context::<MeResource>();
    let hospitals =
        move || me.and_then(|MeResource(me)| me.get()).and_then(Result::ok).map(|me| me.hospitals);
    let retry = Callback::new(move |()| list.refetch());
    let body = move || {
        list.get().map(|list| match list {
            Ok(list) => {
                let hospitals = hospitals().unwrap_or_default();
                view! { <Queue list=list filter=filter.get() hospitals=hospitals/> }.into_any()
            }
            Err(error) => view! { <ProblemCard error=error retry=retry/> }.into_any(),
        })
    };
    view! {
        <header class="page-head">
            <PageHeading title=text!(locale, actions.title)/>
        </header>
        <Transition fallback=|| view! { <Skeleton lines=8/> }>{body}</Transition>
    }
}

/// Views, filters, rows and the way to the next page.
#[component]
fn Queue(
    /// What came back.
    list: ActionList,
    /// What was asked for.
    filter: ActionFilter,
    /// The names of the hospitals.
    hospitals: Vec<HospitalName>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let total = text!(locale, actions.total, count = list.total, shown = grouped(list.total));
    let as_of = text!(locale, common.as_of, at = date_time(locale, list.as_of));
    let rows = if list.items.is_empty() {
        view! { <Empty filter=filter.clone()/> }.into_any()
    } else {
        view! { <Rows list=list.clone()/> }.into_any()
    };
    view! {
        <FixedViews filter=filter.clone() counts=list.counts/>
        <FilterBar filter=filter.clone() hospitals=hospitals/>
        <p class="list-summary" role="status">
            <span>{total}</span>
            <span class="as-of">{as_of}</span>
        </p>
        {rows}
        <Pager filter=filter next=list.next_cursor/>
    }
}

#[component]
fn Rows(
    /// What came back.
    list: ActionList,
) -> impl IntoView {
    let locale = crate::texts::current();
    let as_of = list.as_of;
    let head = [
        text!(locale, actions.reference),
        text!(locale, actions.subject),
        text!(locale, actions.patient),
        text!(locale, actions.owner),
        text!(locale, actions.severity),
        text!(locale, actions.status),
        text!(locale, actions.sla),
        text!(locale, actions.escalation),
    ]
    .map(|name| view! { <th scope="col" role="columnheader">{name}</th> });
    let rows = list
        .items
        .into_iter()
        .map(|card| view! { <ActionRow card=card as_of=as_of/> })
        .collect_view();
    view! {
        <div class="table-frame" role="region" aria-labelledby="queue-caption" tabindex="0">
            <table class="table queue" role="table">
                <caption id="queue-caption" class="visually-hidden">
                    {text!(locale, actions.table_caption)}
                </caption>
                <thead role="rowgroup">
                    <tr role="row">{head.collect_view()}</tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
}

/// Nothing to show, and why.
#[component]
fn Empty(
    /// What was asked for.
    filter: ActionFilter,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (icon, title, hint) = why_empty(locale, &filter);
    view! {
        <section class="empty">
            <Icon name=icon/>
            <h2>{title}</h2>
            <p>{hint}</p>
            {(filter::is_narrowed(&filter) || filter.hospital.is_some()).then(|| view! {
                <a class="button" href=paths::actions(locale)>
                    {text!(locale, actions.clear_filters)}
                </a>
            })}
        </section>
    }
}

fn why_empty(locale: Locale, filter: &ActionFilter) -> (&'static str, &'static str, &'static str) {
    let only_overdue = filter.overdue && !filter.mine && filter.status.is_empty();
    if only_overdue {
        let title = text!(locale, actions.empty_overdue);
        ("circle-check", title, text!(locale, actions.empty_overdue_hint))
    } else if filter::is_narrowed(filter) || filter.hospital.is_some() {
        let title = text!(locale, actions.empty_no_match);
        ("search-x", title, text!(locale, actions.empty_no_match_hint))
    } else {
        ("inbox", text!(locale, actions.empty), text!(locale, actions.empty_hint))
    }
}

#[component]
fn Pager(
    /// What is shown.
    filter: ActionFilter,
    /// Where the next page begins.
    next: Option<String>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let first = filter.cursor.is_some().then(|| {
        let filter = ActionFilter { cursor: None, ..filter.clone() };
        view! {
            <a class="button" href=filter::href(locale, &filter)>
                {text!(locale, common.first_page)}
            </a>
        }
    });
    let next = next.map(|cursor| {
        let filter = ActionFilter { cursor: Some(cursor), ..filter };
        view! {
            <a class="button" rel="next" href=filter::href(locale, &filter)>
                {text!(locale, common.next_page)}
                <Icon name="chevron-right"/>
            </a>
        }
    });
    (first.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label=text!(locale, common.pages_label)>
                {first}
                {next}
            </nav>
        }
    })
}
