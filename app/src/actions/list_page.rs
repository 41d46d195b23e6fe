//! The queue.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use px360_domain::Locale;
use px360_domain::accounts::HospitalName;
use px360_domain::actions::{ActionCard, ActionFilter, ActionList, ActionOrder};
use px360_domain::paths;

use super::bulk::BulkStart;
use super::filter;
use super::filter_bar::FilterBar;
use super::row;
use super::server_fns::actions_list;
use super::views::FixedViews;
use crate::layout::MeResource;
use crate::loaded::load;
use crate::ui::card::Skeleton;
use crate::ui::dates::date_time;
use crate::ui::empty::EmptyState;
use crate::ui::heading::PageHeading;
use crate::ui::numbers::grouped;
use crate::ui::problem::ProblemCard;
use crate::ui::table::{
    BulkBar, ColumnChooser, DataTable, PageSize, Pager, Selection, Sort, TableAddress, arrange,
};

/// The list of actions, nearest deadline first.
#[component]
pub(crate) fn ActionsPage() -> impl IntoView {
    let locale = crate::texts::current();
    let query = use_query_map();
    let filter = Memo::new(move |_| filter::from_query(&query.read()));
    let columns = Memo::new(move |_| TableAddress::from_query(&query.read()).columns);
    let list = load(move || filter.get(), actions_list);
    let me = use_context::<MeResource>();
    let hospitals =
        move || me.and_then(|MeResource(me)| me.get()).and_then(Result::ok).map(|me| me.hospitals);
    let retry = Callback::new(move |()| list.refetch());
    let body = move || {
        list.get().map(|list| match list {
            Ok(list) => {
                let asked = Asked {
                    filter: filter.get(),
                    columns: columns.get(),
                    hospitals: hospitals().unwrap_or_default(),
                };
                view! { <Queue list=list asked=asked reload=retry/> }.into_any()
            }
            Err(error) => view! { <ProblemCard error=error retry=retry/> }.into_any(),
        })
    };
    view! {
        <a class="skip-link" href="#results" rel="external">
            {text!(locale, common.skip_to_results)}
        </a>
        <header class="page-head">
            <PageHeading title=text!(locale, actions.title)/>
        </header>
        <Transition fallback=|| view! { <Skeleton lines=8/> }>{body}</Transition>
    }
}

/// What the address asks for, and what is needed to say it in words.
#[derive(Clone)]
struct Asked {
    filter: ActionFilter,
    columns: Vec<String>,
    hospitals: Vec<HospitalName>,
}

impl Asked {
    /// This list with another filter, from its first page.
    fn href(&self, locale: Locale, filter: ActionFilter) -> String {
        filter::href_with(locale, &ActionFilter { cursor: None, ..filter }, &self.columns)
    }
}

/// Views, filters, rows and the way to the next page.
#[component]
fn Queue(
    /// What came back.
    list: ActionList,
    /// What was asked for.
    asked: Asked,
    /// Asks once more.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let total = text!(locale, actions.total, count = list.total, shown = grouped(list.total));
    let as_of = text!(locale, common.as_of, at = date_time(locale, list.as_of));
    let pages = pages(locale, &list, &asked);
    let Asked { filter, columns, hospitals } = asked.clone();
    let rows = if list.items.is_empty() {
        view! { <Empty filter=filter.clone()/> }.into_any()
    } else {
        view! { <Rows list=list.clone() asked=asked reload=reload/> }.into_any()
    };
    view! {
        <FixedViews filter=filter.clone() counts=list.counts columns=columns.clone()/>
        <div class="toolbar">
            <FilterBar filter=filter hospitals=hospitals columns=columns.clone()/>
            <Columns chosen=columns as_of=list.as_of/>
        </div>
        <p id="results" class="list-summary" role="status" tabindex="-1">
            <span>{total}</span>
            <span class="as-of">{as_of}</span>
        </p>
        {rows}
        {pages}
    }
}

#[component]
fn Columns(
    /// The chosen columns.
    chosen: Vec<String>,
    /// The page's own instant.
    as_of: chrono::DateTime<chrono::Utc>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let query = use_query_map();
    let navigate = use_navigate();
    let choose = Callback::new(move |columns: Vec<String>| {
        let filter = filter::from_query(&query.read_untracked());
        let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
        navigate(&filter::href_with(locale, &filter, &columns), options);
    });
    view! { <ColumnChooser columns=row::columns(locale, as_of) chosen=chosen choose=choose/> }
}

#[component]
fn Rows(
    /// What came back.
    list: ActionList,
    /// What was asked for.
    asked: Asked,
    /// Asks once more.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let selection = Selection::new();
    let shown = arrange(&row::columns(locale, list.as_of), &asked.columns);
    let order = asked.filter.sort.unwrap_or(ActionOrder::Due);
    let sort_href: Arc<dyn Fn(Sort) -> String + Send + Sync> = {
        let asked = asked.clone();
        Arc::new(move |sort| {
            let sort = sort.word().parse().ok();
            asked.href(locale, ActionFilter { sort, ..asked.filter.clone() })
        })
    };
    let filter = asked.filter.clone();
    view! {
        <BulkBar selection=selection page=list.items.len() total=list.total>
            <BulkStart selection=selection filter=filter.clone() reload=reload/>
        </BulkBar>
        <DataTable
            caption=text!(locale, actions.table_caption)
            columns=shown
            rows=list.items
            key=|card: &ActionCard| card.id.to_string()
            row_class=|card: &ActionCard| if card.overdue { "row-overdue" } else { "" }
            sort=Sort::parse(order.as_str())
            sort_href=sort_href
            selection=selection
            class="queue"
        />
    }
}

/// The way to the other pages, and how long they are.
fn pages(locale: Locale, list: &ActionList, asked: &Asked) -> AnyView {
    let filter = &asked.filter;
    let first = filter.cursor.is_some().then(|| asked.href(locale, filter.clone()));
    let next = list.next_cursor.clone().map(|cursor| {
        let filter = ActionFilter { cursor: Some(cursor), ..filter.clone() };
        filter::href_with(locale, &filter, &asked.columns)
    });
    let sizes = |limit| asked.href(locale, ActionFilter { limit, ..filter.clone() });
    view! {
        <div class="pages">
            <PageSize chosen=filter.limit total=list.total href=sizes/>
            <Pager first=first next=next/>
        </div>
    }
    .into_any()
}

/// Nothing to show, and why.
#[component]
fn Empty(
    /// What was asked for.
    filter: ActionFilter,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (icon, title, hint) = why_empty(locale, &filter);
    let narrowed = filter::is_narrowed(&filter) || filter.hospital.is_some();
    view! {
        <EmptyState icon=icon title=title hint=hint>
            {narrowed.then(|| view! {
                <a class="button" href=paths::actions(locale)>
                    {text!(locale, actions.clear_filters)}
                </a>
            })}
        </EmptyState>
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
