//! The list of the records of one kind.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use px360_domain::accounts::Me;
use px360_domain::ids::SavedViewId;
use px360_domain::records::{
    Field, FieldValue, Listed, RecordKind, RecordList, RecordView, TOTAL_MAX, is_counted,
};
use px360_domain::saved_views::{ListName, Look};
use px360_domain::{Locale, paths};

use super::address::Address;
use super::bulk::BulkDeeds;
use super::cell::{cell, said};
use super::filters::Filters;
use super::server_fns::{records_list, records_saved_views};
use super::views::{Views, offer, view_tabs};
use super::words;
use crate::layout::{MeResource, Opening};
use crate::loaded::load;
use crate::saved_views::ArrangeViews;
use crate::ui::card::Skeleton;
use crate::ui::empty::EmptyState;
use crate::ui::files::Files;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::numbers::grouped;
use crate::ui::problem::{NotFoundPage, ProblemCard};
use crate::ui::table::{
    BulkBar, Column, ColumnChooser, DataTable, PageSize, Pager, Selection, Sort, arrange,
};
use crate::ui::view_tabs::{ViewTab, ViewTabs};

/// The records of the kind that the address names.
#[component]
pub(crate) fn RecordsPage() -> impl IntoView {
    let params = use_params_map();
    let kind = Memo::new(move |_| params.read().get_str("kind").and_then(RecordKind::of_plural));
    move || match kind.get() {
        Some(kind) => view! { <Records kind=kind/> }.into_any(),
        None => view! { <NotFoundPage/> }.into_any(),
    }
}

#[component]
fn Records(
    /// Which.
    kind: RecordKind,
) -> impl IntoView {
    let locale = crate::texts::current();
    let query = use_query_map();
    let address = Memo::new(move |_| Address::from_query(kind, &query.read()));
    let list = load(move || address.get().query(), move |query| records_list(kind, query));
    let saved = load(|| (), move |()| records_saved_views(kind));
    let opening = use_context::<Opening>();
    let navigate = use_navigate();
    let changed = Callback::new(move |to: Option<(SavedViewId, Look)>| {
        saved.refetch();
        if let Some(Opening(opening)) = opening {
            opening.refetch();
        }
        if let Some(to) = to.and_then(|(id, look)| Address::of_view(id, &look)) {
            navigate(&to.href(locale), NavigateOptions::default());
        }
    });
    let me = use_context::<MeResource>();
    let me = move || me.and_then(|MeResource(me)| me.get()).and_then(Result::ok);
    let retry = Callback::new(move |()| list.refetch());
    let body = move || {
        let me = me()?;
        let tabs = tabs(locale, kind, &me, opening);
        // Where they cannot be had, the list is there all the same.
        let saved = saved.get()?.unwrap_or_default();
        Some(match list.get()? {
            Ok(list) => view! {
                <ViewTabs label=text!(locale, records.kinds_label) tabs=tabs/>
                <Shown
                    list=list
                    address=address.get()
                    me=me
                    views=Views { saved, changed }
                    reload=retry
                />
            }
            .into_any(),
            Err(error) => view! {
                <ViewTabs label=text!(locale, records.kinds_label) tabs=tabs/>
                <ProblemCard error=error retry=retry/>
            }
            .into_any(),
        })
    };
    view! {
        <a class="skip-link" href="#results" rel="external">
            {text!(locale, common.skip_to_results)}
        </a>
        <header class="page-head">
            <PageHeading title=words::plural(locale, kind)/>
            <Transition>
                <ArrangeViews views=saved changed=changed/>
            </Transition>
        </header>
        <Transition fallback=|| view! { <Skeleton lines=8/> }>{body}</Transition>
    }
}

/// The other kinds, side by side.
fn tabs(locale: Locale, current: RecordKind, me: &Me, opening: Option<Opening>) -> Vec<ViewTab> {
    let opening = opening.and_then(|Opening(opening)| opening.get()).and_then(Result::ok);
    let opening = opening.unwrap_or_default();
    // A list opens with the view that somebody chose for it.
    let href = |kind: RecordKind| {
        let list = ListName::of_records(kind);
        let first = opening.iter().find(|view| view.look.list() == list);
        let first = first.and_then(|view| Address::of_view(view.id, &view.look));
        first.map_or_else(|| kind.page(locale), |first| first.href(locale))
    };
    words::kinds_for(me)
        .map(|kind| ViewTab {
            label: words::plural(locale, kind).to_owned(),
            href: href(kind),
            current: kind == current,
            changed: false,
            count: None,
            late: 0,
            about_late: false,
            shared: false,
        })
        .collect()
}

#[component]
fn Shown(
    /// What came back.
    list: RecordList,
    /// What was asked for.
    address: Address,
    /// Who asks.
    me: Me,
    /// The saved views of the list.
    views: Views,
    /// Loads the list again.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let kind = address.kind;
    let new = list.may_write.then(|| {
        view! {
            <a class="button button-primary" href=format!("{}/{}", kind.page(locale), paths::NEW)>
                <Icon name="plus"/>
                {words::new_one(locale, kind)}
            </a>
        }
    });
    let import = (list.may_write && kind.can_be_imported()).then(|| {
        view! {
            <a class="button button-quiet" href=paths::import_new(locale, kind.plural())>
                <Icon name="upload"/>
                {text!(locale, records.import)}
            </a>
        }
    });
    let (from, columns) = (address.clone(), address.clone());
    let view_tabs = view_tabs(locale, &address, &views.saved);
    let is_a_view = view_tabs.iter().any(|tab| tab.current);
    let offer = offer(locale, &address, is_a_view, views);
    let view_tabs = (!view_tabs.is_empty()).then(|| {
        view! { <ViewTabs label=text!(locale, records.views_label) tabs=view_tabs/> }
    });
    let tree = (kind == RecordKind::Department).then(|| {
        view! {
            <a class="button button-quiet" href=paths::tree(locale, kind.plural())>
                <Icon name="list-tree"/>
                {text!(locale, records.tree)}
            </a>
        }
    });
    let total = match list.total {
        _ if list.alike => text!(locale, records.alike).to_owned(),
        Some(total) => {
            let total = i64::from(total);
            text!(locale, records.total, count = total, shown = grouped(total)).to_string()
        }
        None => {
            let counted = if is_counted(kind, address.search.is_some()) {
                i64::from(TOTAL_MAX)
            } else {
                i64::try_from(list.items.len()).unwrap_or(i64::MAX)
            };
            text!(locale, records.beyond_count, shown = grouped(counted)).to_string()
        }
    };
    let pages = pages(locale, &list, &address);
    let names = names_of(locale, &address, &list.items);
    let rows = if list.items.is_empty() {
        empty(locale, &address)
    } else {
        let selection = list.may_write.then(Selection::new);
        table(locale, list.items, &address, total_of(list.total), selection, reload)
    };
    view! {
        {view_tabs}
        <div class="toolbar">
            <Filters address=address.clone() hospitals=me.hospitals names=names/>
            <div class="toolbar-end">
                {offer}
                {tree}
                <Columns address=columns/>
                <Files href=move |format| from.file_href(locale, format)/>
                {import}
                {new}
            </div>
        </div>
        <p id="results" class="list-summary" role="status" tabindex="-1"><span>{total}</span></p>
        {rows}
        {pages}
    }
}

/// What the records are called that the filters name: each of the list's own rows says so.
fn names_of(
    locale: Locale,
    address: &Address,
    items: &[RecordView],
) -> Vec<(&'static str, String)> {
    let first = items.first();
    let fields = address.kind.fields().iter().enumerate();
    let named = fields.filter_map(|(at, field)| match first?.values.get(at)? {
        FieldValue::Ref { id, name } if address.filter(field.name) == Some(&id.to_string()) => {
            Some((field.name, said(locale, name)))
        }
        _ => None,
    });
    named.collect()
}

/// How many rows there are for whoever means all of them; what is not counted is too many.
fn total_of(total: Option<u32>) -> i64 {
    total.map_or(i64::from(TOTAL_MAX), i64::from)
}

fn table(
    locale: Locale,
    items: Vec<RecordView>,
    address: &Address,
    total: i64,
    selection: Option<Selection>,
    reload: Callback<()>,
) -> AnyView {
    let kind = address.kind;
    let shown = arrange(&columns(locale, kind), &address.table.columns);
    let sort = address.table.sort.clone();
    let first = address.first();
    let sort_href: Arc<dyn Fn(Sort) -> String + Send + Sync> = Arc::new(move |sort| {
        let mut to = first.clone();
        to.table.sort = Some(sort);
        to.href(locale)
    });
    let (page, query, ask) = (items.len(), address.query(), RwSignal::new(false));
    let bulk = selection.map(|selection| {
        view! {
            <BulkBar selection=selection page=page total=total>
                <BulkDeeds
                    kind=kind
                    selection=selection
                    query=query.clone()
                    reload=reload
                    ask=ask
                />
            </BulkBar>
        }
    });
    view! {
        {bulk}
        <DataTable
            caption=words::plural(locale, kind)
            columns=shown
            rows=items
            key=|record: &RecordView| record.id.to_string()
            sort=sort
            sort_href=sort_href
            selection=selection
            class="records"
        />
    }
    .into_any()
}

/// A column for each field that lists may show; what a record is called leads to it.
fn columns(locale: Locale, kind: RecordKind) -> Vec<Column<RecordView>> {
    let listed =
        kind.fields().iter().enumerate().filter(|(_, field)| field.listed != Listed::Never);
    let mut columns: Vec<Column<RecordView>> =
        listed.map(|(at, field)| column(locale, kind, at, field)).collect();
    // What tells records apart comes first, and first of all what they are called.
    columns.sort_by_key(|column| (column.key != own_name(locale), !column.fixed));
    columns
}

fn column(
    locale: Locale,
    kind: RecordKind,
    at: usize,
    field: &'static Field,
) -> Column<RecordView> {
    let is_name = field.name == own_name(locale);
    let shown = move |record: &RecordView| {
        let value = record.values.get(at);
        if is_name {
            let href = format!("{}/{}", kind.page(locale), record.id);
            let name = super::cell::said(locale, &record.name(kind));
            return view! { <a class="row-link" href=href><bdi dir="auto">{name}</bdi></a> }
                .into_any();
        }
        value.map(|value| cell(locale, field, value)).into_any()
    };
    let title = if is_name { text!(locale, records.name) } else { words::label(locale, field) };
    let column = Column::new(field.name, title, "cell", shown);
    let column = if field.sortable { column.sortable() } else { column };
    match field.listed {
        _ if is_name => column.fixed(),
        Listed::Always if field.name != own_name(locale.other()) => column.fixed(),
        Listed::Asked => column.extra(),
        Listed::Always | Listed::Usually | Listed::Never => column,
    }
}

/// The name that the reader reads; the other one stands beside it.
fn own_name(locale: Locale) -> &'static str {
    match locale {
        Locale::Ar => "name_ar",
        Locale::En => "name_en",
    }
}

#[component]
fn Columns(
    /// What holds.
    address: Address,
) -> impl IntoView {
    let locale = crate::texts::current();
    let kind = address.kind;
    let query = use_query_map();
    let navigate = use_navigate();
    let choose = Callback::new(move |columns: Vec<String>| {
        let mut here = Address::from_query(kind, &query.read_untracked());
        here.table.columns = columns;
        let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
        navigate(&here.href(locale), options);
    });
    let chosen = address.table.columns;
    view! { <ColumnChooser columns=columns(locale, kind) chosen=chosen choose=choose/> }
}

fn pages(locale: Locale, list: &RecordList, address: &Address) -> AnyView {
    let first = address.cursor.is_some().then(|| address.first().href(locale));
    let next = list
        .next_cursor
        .clone()
        .map(|cursor| Address { cursor: Some(cursor), ..address.clone() }.href(locale));
    let sizes = |size| {
        let mut to = address.first();
        to.table.size = size;
        to.href(locale)
    };
    let total = list.total.map_or(i64::MAX, i64::from);
    view! {
        <div class="pages">
            <PageSize chosen=address.table.size total=total href=sizes/>
            <Pager first=first next=next/>
        </div>
    }
    .into_any()
}

fn empty(locale: Locale, address: &Address) -> AnyView {
    if !address.is_filtered() {
        let hint = text!(locale, records.empty_hint);
        return view! { <EmptyState icon="inbox" title=text!(locale, records.empty) hint=hint/> }
            .into_any();
    }
    let all = address.kind.page(locale);
    view! {
        <EmptyState
            icon="search-x"
            title=text!(locale, records.empty_no_match)
            hint=text!(locale, records.empty_no_match_hint)
        >
            <a class="button" href=all.clone()>
                {text!(locale, records.clear_filters)}
            </a>
        </EmptyState>
    }
    .into_any()
}
