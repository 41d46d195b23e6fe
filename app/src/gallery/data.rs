//! Tables, tiles and trees.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::params::ParamsMap;

use uuid::Uuid;

use crate::ui::badge::{Badge, Tone};
use crate::ui::button::Button;
use crate::ui::kpi_tile::{Kpi, KpiTile};
use crate::ui::numbers::{Code, Num};
use crate::ui::progress::{Progress, Stepper};
use crate::ui::table::{
    BulkBar, Column, ColumnChooser, DataTable, Pager, Selection, Sort, TableAddress, arrange,
};
use crate::ui::tree::{Tree, TreeItem, TreeMemory};

/// A row of the gallery's table.
#[derive(Clone)]
struct Row {
    code: &'static str,
    name: String,
    count: i64,
}

pub(super) fn section() -> AnyView {
    let locale = crate::texts::current();
    let branch = |number: u128, below: Option<u128>, label: &str| TreeItem {
        id: Uuid::from_u128(number),
        below: below.map(Uuid::from_u128),
        label: label.to_owned(),
        note: String::new(),
        href: "#g-data".to_owned(),
        movable: below.is_some(),
        muted: None,
    };
    let branches = vec![
        branch(1, None, text!(locale, gallery.clinics)),
        branch(2, Some(1), text!(locale, gallery.cardiology)),
        branch(3, Some(1), text!(locale, gallery.pharmacy)),
    ];
    let kpi = Kpi {
        id: "g-kpi",
        title: text!(locale, gallery.nps),
        value: Some("45".to_owned()),
        basis: text!(locale, gallery.nps_basis).to_owned(),
        change: Some(text!(locale, gallery.nps_change).to_owned()),
        definition: text!(locale, gallery.nps_definition).to_owned(),
    };
    let none = Kpi {
        id: "g-kpi-none",
        title: text!(locale, gallery.recommend),
        value: None,
        change: None,
        ..kpi.clone()
    };
    let steps = [
        text!(locale, gallery.registration),
        text!(locale, gallery.triage),
        text!(locale, gallery.consultation),
    ];
    let pieces = view! {
        <div class="gallery-row">
            <KpiTile kpi=kpi/>
            <KpiTile kpi=none/>
        </div>
        <Table/>
        <Stepper steps=steps.map(str::to_owned).to_vec() at=Signal::stored(1)/>
        <Progress label=text!(locale, gallery.importing) share=Signal::stored(0.4)/>
        <Tree
            label=text!(locale, gallery.departments)
            items=branches
            memory=TreeMemory::new()
            put=Some(Callback::new(|_| ()))
        />
    };
    super::section("g-data", text!(locale, gallery.data), pieces.into_any())
}

#[component]
fn Table() -> impl IntoView {
    let locale = crate::texts::current();
    let query = use_query_map();
    let selection = Selection::new();
    let body = move || {
        let address = TableAddress::from_query(&query.read());
        let columns = columns(locale);
        let shown = arrange(&columns, &address.columns);
        let rows = sorted(locale, address.sort.as_ref());
        let count = rows.len();
        let sort = address.sort.clone();
        let sort_href: Arc<dyn Fn(Sort) -> String + Send + Sync> = {
            let address = address.clone();
            Arc::new(move |sort| href(&TableAddress { sort: Some(sort), ..address.clone() }))
        };
        let navigate = use_navigate();
        let choose = {
            let address = address.clone();
            Callback::new(move |columns| {
                let to = href(&TableAddress { columns, ..address.clone() });
                navigate(
                    &to,
                    leptos_router::NavigateOptions { scroll: false, ..Default::default() },
                );
            })
        };
        view! {
            <div class="gallery-row">
                <ColumnChooser columns=columns chosen=address.columns.clone() choose=choose/>
            </div>
            <BulkBar selection=selection page=count total=1284>
                <Button
                    label=text!(locale, gallery.assign)
                    press=Callback::new(move |()| selection.clear())
                />
            </BulkBar>
            <TableRows shown=shown rows=rows sort=sort sort_href=sort_href selection=selection/>
            <Pager first=None next=Some("?size=50".to_owned())/>
        }
        .into_any()
    };
    view! { <div id="g-table">{body}</div> }
}

#[component]
fn TableRows(
    shown: Vec<Column<Row>>,
    rows: Vec<Row>,
    sort: Option<Sort>,
    sort_href: Arc<dyn Fn(Sort) -> String + Send + Sync>,
    selection: Selection,
) -> impl IntoView {
    let locale = crate::texts::current();
    let caption = text!(locale, gallery.departments);
    view! {
        <DataTable
            caption=caption
            columns=shown
            rows=rows
            key=|row: &Row| row.code.to_owned()
            sort=sort
            sort_href=sort_href
            selection=Some(selection)
            class="table-cards"
        />
    }
}

fn columns(locale: px360_domain::Locale) -> Vec<Column<Row>> {
    vec![
        Column::new("code", text!(locale, gallery.code), "", |row: &Row| {
            view! { <a href=format!("#{}", row.code) rel="external"><Code text=row.code/></a> }
                .into_any()
        })
        .fixed()
        .sortable(),
        Column::new("name", text!(locale, gallery.name), "", |row: &Row| {
            view! { <bdi>{row.name.clone()}</bdi> }.into_any()
        })
        .sortable(),
        Column::new("count", text!(locale, gallery.open_actions), "numeric", |row: &Row| {
            view! { <Num text=row.count.to_string()/> }.into_any()
        })
        .sortable(),
        Column::new("state", text!(locale, gallery.state), "", move |row: &Row| {
            let (tone, icon, label) = if row.count > 5 {
                (Tone::Bad, "octagon-alert", text!(locale, gallery.late))
            } else {
                (Tone::Ok, "circle-check", text!(locale, gallery.fine))
            };
            view! { <Badge tone=tone icon=icon label=label/> }.into_any()
        }),
    ]
}

fn sorted(locale: px360_domain::Locale, sort: Option<&Sort>) -> Vec<Row> {
    let row = |code, name: &str, count| Row { code, name: name.to_owned(), count };
    let mut rows = vec![
        row("CARD", text!(locale, gallery.cardiology), 7),
        row("PHAR", text!(locale, gallery.pharmacy), 2),
        row("EMER", text!(locale, gallery.emergency), 12),
    ];
    if let Some(sort) = sort {
        match sort.key.as_str() {
            "count" => rows.sort_by_key(|row| row.count),
            "name" => rows.sort_by(|a, b| a.name.cmp(&b.name)),
            _ => rows.sort_by_key(|row| row.code),
        }
        if sort.descending {
            rows.reverse();
        }
    }
    rows
}

fn href(address: &TableAddress) -> String {
    let mut query = ParamsMap::new();
    address.write(&mut query);
    let locale =
        crate::texts::of_path(&leptos_router::hooks::use_location().pathname.get_untracked());
    format!("/{locale}/gallery{}", query.to_query_string())
}
