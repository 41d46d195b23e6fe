//! The queue.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use px360_domain::Locale;
use px360_domain::accounts::HospitalName;
use px360_domain::actions::{ActionCard, ActionFilter, ActionList, ActionOrder};
use px360_domain::ids::SavedViewId;
use px360_domain::paths;
use px360_domain::saved_views::{Look, SavedView};

use super::address::Address;
use super::bulk::BulkStart;
use super::filter_bar::FilterBar;
use super::server_fns::{actions_list, actions_saved_views};
use super::{row, views};
use crate::layout::{MeResource, Opening};
use crate::loaded::load;
use crate::saved_views::{ArrangeViews, Offer};
use crate::ui::card::Skeleton;
use crate::ui::dates::{date, date_time};
use crate::ui::empty::EmptyState;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::numbers::{grouped, isolated_words};
use crate::ui::problem::ProblemCard;
use crate::ui::table::{
    BulkBar, ColumnChooser, DataTable, PageSize, Pager, Selection, Sort, arrange,
};
use crate::ui::view_tabs::ViewTabs;

/// The list of actions, nearest deadline first.
#[component]
pub(crate) fn ActionsPage() -> impl IntoView {
    let locale = crate::texts::current();
    let query = use_query_map();
    let address = Memo::new(move |_| Address::from_query(&query.read()));
    let filter = Memo::new(move |_| address.get().filter);
    let list = load(move || filter.get(), actions_list);
    let saved = load(|| (), |()| actions_saved_views());
    let me = use_context::<MeResource>();
    let hospitals =
        move || me.and_then(|MeResource(me)| me.get()).and_then(Result::ok).map(|me| me.hospitals);
    let retry = Callback::new(move |()| {
        list.refetch();
        saved.refetch();
    });
    let opening = use_context::<Opening>();
    let navigate = use_navigate();
    let views_changed = Callback::new(move |to: Option<(SavedViewId, Look)>| {
        saved.refetch();
        if let Some(Opening(opening)) = opening {
            opening.refetch();
        }
        if let Some((id, look)) = to {
            navigate(&Address::of_view(id, &look).href(locale), NavigateOptions::default());
        }
    });
    let body = move || {
        // Where they cannot be had, there are still the fixed ones.
        let saved = saved.get()?.unwrap_or_default();
        list.get().map(|list| match list {
            Ok(list) => {
                let hospitals = hospitals().unwrap_or_default();
                let asked = Asked { address: address.get(), hospitals, saved, views_changed };
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
            <Transition>
                <ArrangeViews views=saved changed=views_changed/>
            </Transition>
        </header>
        <Transition>{move || standing_in(locale, me)}</Transition>
        <Transition fallback=|| view! { <Skeleton lines=8/> }>{body}</Transition>
    }
}

/// For whom one stands in, and until when.
fn standing_in(locale: Locale, me: Option<MeResource>) -> Option<AnyView> {
    let me = me.and_then(|MeResource(me)| me.get()).and_then(Result::ok)?;
    let lines = me.stands_in_for.into_iter().map(|absent| {
        let name = isolated_words(absent.name.pick(locale));
        let said =
            text!(locale, actions.standing_in, name = name, until = date(locale, absent.ends_on));
        view! {
            <div class="alert alert-info" role="status">
                <Icon name="user-round-check"/>
                <p>{said}</p>
            </div>
        }
    });
    Some(lines.collect_view().into_any())
}

/// What the address asks for, and what is needed to say it in words.
#[derive(Clone)]
struct Asked {
    address: Address,
    hospitals: Vec<HospitalName>,
    saved: Vec<SavedView>,
    views_changed: Callback<Option<(SavedViewId, Look)>>,
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
    let Asked { address, hospitals, saved, views_changed } = asked;
    let pages = pages(locale, &list, &address);
    let tabs = views::tabs(locale, &address, list.counts, &saved);
    let offer = offer(locale, &address, tabs.iter().any(|tab| tab.current), saved, views_changed);
    let rows = if list.items.is_empty() {
        view! { <Empty address=address.clone()/> }.into_any()
    } else {
        view! { <Rows list=list.clone() address=address.clone() reload=reload/> }.into_any()
    };
    view! {
        <ViewTabs label=text!(locale, actions.views_label) tabs=tabs/>
        <div class="toolbar">
            <FilterBar address=address.clone() hospitals=hospitals/>
            <div class="toolbar-end">
                {offer}
                <Columns address=address as_of=list.as_of/>
            </div>
        </div>
        <p id="results" class="list-summary" role="status" tabindex="-1">
            <span>{total}</span>
            <span class="as-of">{as_of}</span>
        </p>
        {rows}
        {pages}
    }
}

/// The ways to keep what is shown, where no view shows it.
fn offer(
    locale: Locale,
    address: &Address,
    is_a_view: bool,
    saved: Vec<SavedView>,
    changed: Callback<Option<(SavedViewId, Look)>>,
) -> AnyView {
    let from = saved.into_iter().find(|view| address.view == Some(view.id));
    let reset = match &from {
        Some(view) => Address::of_view(view.id, &view.look).href(locale),
        None => paths::actions(locale),
    };
    view! {
        <Offer here=address.look() from=from is_new=!is_a_view reset=reset changed=changed/>
    }
    .into_any()
}

#[component]
fn Columns(
    /// What holds.
    address: Address,
    /// The page's own instant.
    as_of: chrono::DateTime<chrono::Utc>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let query = use_query_map();
    let navigate = use_navigate();
    let choose = Callback::new(move |columns: Vec<String>| {
        let here = Address::from_query(&query.read_untracked());
        let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
        navigate(&Address { columns, ..here }.href(locale), options);
    });
    let columns = row::columns(locale, as_of, &address);
    view! { <ColumnChooser columns=columns chosen=address.columns choose=choose/> }
}

#[component]
fn Rows(
    /// What came back.
    list: ActionList,
    /// What was asked for.
    address: Address,
    /// Asks once more.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let selection = Selection::new();
    let shown = arrange(&row::columns(locale, list.as_of, &address), &address.columns);
    let order = address.filter.sort.unwrap_or(ActionOrder::Due);
    let filter = address.filter.clone();
    let sort_href: Arc<dyn Fn(Sort) -> String + Send + Sync> = Arc::new(move |sort| {
        let sort = sort.word().parse().ok();
        address.with(ActionFilter { sort, ..address.filter.clone() }).href(locale)
    });
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
            selection=Some(selection)
            class="queue"
        />
    }
}

/// The way to the other pages, and how long they are.
fn pages(locale: Locale, list: &ActionList, address: &Address) -> AnyView {
    let filter = &address.filter;
    let first = filter.cursor.is_some().then(|| address.with(filter.clone()).href(locale));
    let next = list.next_cursor.clone().map(|cursor| {
        let filter = ActionFilter { cursor: Some(cursor), ..filter.clone() };
        Address { filter, ..address.clone() }.href(locale)
    });
    let sizes = |limit| address.with(ActionFilter { limit, ..filter.clone() }).href(locale);
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
    address: Address,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (icon, title, hint) = why_empty(locale, &address);
    view! {
        <EmptyState icon=icon title=title hint=hint>
            {address.is_filtered().then(|| view! {
                <a class="button" href=paths::actions(locale)>
                    {text!(locale, actions.clear_filters)}
                </a>
            })}
        </EmptyState>
    }
}

fn why_empty(locale: Locale, address: &Address) -> (&'static str, &'static str, &'static str) {
    let ActionFilter { overdue, mine, status, .. } = &address.filter;
    let only_overdue = *overdue && !mine && status.is_empty();
    if only_overdue {
        let title = text!(locale, actions.empty_overdue);
        ("circle-check", title, text!(locale, actions.empty_overdue_hint))
    } else if address.is_filtered() {
        let title = text!(locale, actions.empty_no_match);
        ("search-x", title, text!(locale, actions.empty_no_match_hint))
    } else {
        ("inbox", text!(locale, actions.empty), text!(locale, actions.empty_hint))
    }
}
