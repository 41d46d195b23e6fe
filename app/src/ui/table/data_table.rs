//! The rows themselves.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;

use super::{Column, Selection, Sort};
use crate::ui::icon::Icon;

/// A table over one page of rows that the server sent.
///
/// Roles are repeated because a phone's layout takes them away from table elements. No row is a
/// button: its first cell holds a real link.
#[component]
pub(crate) fn DataTable<R: Clone + Send + Sync + 'static>(
    /// What the table lists, for whoever cannot see the heading above it.
    caption: &'static str,
    /// The columns that are shown, in order.
    columns: Vec<Column<R>>,
    /// The rows of this page.
    rows: Vec<R>,
    /// What tells rows apart.
    key: fn(&R) -> String,
    /// More classes of a row.
    #[prop(optional)]
    row_class: Option<fn(&R) -> &'static str>,
    /// The order that holds; none for a table that is not sorted by its columns.
    #[prop(default = None)]
    sort: Option<Sort>,
    /// The address of this list in another order.
    #[prop(optional)]
    sort_href: Option<Arc<dyn Fn(Sort) -> String + Send + Sync>>,
    /// Which rows are picked, where they can be.
    #[prop(default = None)]
    selection: Option<Selection>,
    /// More classes of the table.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let keys = StoredValue::new(rows.iter().map(key).collect::<Vec<_>>());
    let frame = NodeRef::<html::Div>::new();
    let heads = columns
        .iter()
        .map(|column| {
            let ways = sort_href.clone().filter(|_| column.sortable);
            head(column, sort.as_ref(), ways)
        })
        .collect_view();
    let pick_head = selection.map(|selection| view! { <PickAll selection=selection keys=keys/> });
    let lines = rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let name = key(row);
            let extra = row_class.map_or("", |class| class(row));
            let picked = {
                let name = name.clone();
                move || selection.is_some_and(|selection| selection.has(&name))
            };
            let cells = columns.iter().map(|column| cell(column, row)).collect_view();
            view! {
                <tr role="row" class=format!("row {extra}") class:row-picked=picked>
                    {selection.map(|selection| view! {
                        <PickOne selection=selection keys=keys at=at name=name/>
                    })}
                    {cells}
                </tr>
            }
        })
        .collect_view();
    let keyboard = move |ev: ev::KeyboardEvent| {
        let Some(frame) = frame.get_untracked() else { return };
        move_between_rows(&frame, &ev, selection.map(|selection| (selection, keys)));
    };
    view! {
        <div
            class="table-frame"
            role="region"
            aria-label=caption
            tabindex="0"
            node_ref=frame
            on:keydown=keyboard
        >
            <table class=format!("table {class}") role="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead role="rowgroup">
                    <tr role="row">{pick_head}{heads}</tr>
                </thead>
                <tbody role="rowgroup">{lines}</tbody>
            </table>
        </div>
    }
}

fn head<R: 'static>(
    column: &Column<R>,
    sort: Option<&Sort>,
    href: Option<Arc<dyn Fn(Sort) -> String + Send + Sync>>,
) -> AnyView {
    let title = column.title;
    let Some(href) = href else {
        return view! { <th scope="col" role="columnheader" class=column.class>{title}</th> }
            .into_any();
    };
    let holds = sort.filter(|sort| sort.key == column.key);
    let (state, icon) = match holds {
        Some(Sort { descending: false, .. }) => ("ascending", "arrow-up"),
        Some(Sort { descending: true, .. }) => ("descending", "arrow-down"),
        None => ("none", "chevrons-up-down"),
    };
    let descending = holds.is_some_and(|sort| !sort.descending);
    let to = href(Sort { key: column.key.to_owned(), descending });
    view! {
        <th scope="col" role="columnheader" class=column.class aria-sort=state>
            <a class="sort" href=to>
                {title}
                <Icon name=icon/>
            </a>
        </th>
    }
    .into_any()
}

fn cell<R: 'static>(column: &Column<R>, row: &R) -> AnyView {
    let inside = column.show(row);
    if column.fixed {
        view! { <th scope="row" role="rowheader" class=column.class>{inside}</th> }.into_any()
    } else {
        view! { <td role="cell" class=column.class data-label=column.title>{inside}</td> }
            .into_any()
    }
}

#[component]
fn PickAll(
    /// Which rows are picked.
    selection: Selection,
    /// The rows of this page.
    keys: StoredValue<Vec<String>>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let size = move || keys.with_value(Vec::len);
    let all = move || selection.is_all_matching() || (selection.count() == size() && size() > 0);
    let some = move || !all() && selection.count() > 0;
    view! {
        <th scope="col" role="columnheader" class="cell-pick">
            <label class="pick">
                <input
                    r#type="checkbox"
                    aria-label=text!(locale, kit.pick_page)
                    prop:checked=all
                    prop:indeterminate=some
                    on:change=move |_| keys.with_value(|keys| selection.turn_page(keys))
                />
            </label>
        </th>
    }
}

#[component]
fn PickOne(
    /// Which rows are picked.
    selection: Selection,
    /// The rows of this page.
    keys: StoredValue<Vec<String>>,
    /// Which of them this is.
    at: usize,
    /// What tells it apart.
    name: String,
) -> impl IntoView {
    let locale = crate::texts::current();
    view! {
        <td role="cell" class="cell-pick">
            <label class="pick">
                <input
                    r#type="checkbox"
                    aria-label=text!(locale, kit.pick_row, number = at + 1)
                    prop:checked=move || selection.has(&name)
                    on:click=move |ev| {
                        keys.with_value(|keys| selection.turn(keys, at, ev.shift_key()));
                    }
                />
            </label>
        </td>
    }
}

/// J and K walk from row to row, X picks the row one stands on. By physical key: on an Arabic
/// keyboard the same keys carry other letters.
fn move_between_rows(
    frame: &web_sys::HtmlDivElement,
    ev: &ev::KeyboardEvent,
    picking: Option<(Selection, StoredValue<Vec<String>>)>,
) {
    if ev.ctrl_key() || ev.meta_key() || ev.alt_key() || !crate::ui::shortcuts::are_on() {
        return;
    }
    let links = row_links(frame);
    let active = document().active_element();
    let here = links.iter().position(|link| {
        let row = link.closest("tr").ok().flatten();
        row.is_some_and(|row| row.contains(active.as_deref()))
    });
    let there = match (ev.code().as_str(), here) {
        ("KeyJ", None) => Some(0),
        ("KeyJ", Some(here)) => Some((here + 1).min(links.len().saturating_sub(1))),
        ("KeyK", Some(here)) => Some(here.saturating_sub(1)),
        ("KeyX", Some(here)) => {
            if let Some((selection, keys)) = picking {
                ev.prevent_default();
                keys.with_value(|keys| selection.turn(keys, here, ev.shift_key()));
            }
            None
        }
        _ => None,
    };
    if let Some(link) = there.and_then(|there| links.get(there)) {
        ev.prevent_default();
        let _ = link.focus();
    }
}

fn row_links(frame: &web_sys::HtmlDivElement) -> Vec<web_sys::HtmlElement> {
    let Ok(found) = frame.query_selector_all("tbody th a") else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}
