//! Several views of one thing in one place.

use leptos::prelude::*;
use leptos::{ev, html};
use px360_domain::Locale;

/// One view.
pub(crate) struct Tab {
    /// Its id.
    pub(crate) id: &'static str,
    /// What it is called.
    pub(crate) label: String,
    /// What it shows.
    pub(crate) view: ViewFn,
}

impl Tab {
    /// A view and its name.
    pub(crate) fn new(id: &'static str, label: impl Into<String>, view: impl Into<ViewFn>) -> Self {
        Self { id, label: label.into(), view: view.into() }
    }
}

/// A row of tabs, and the panel of the one that is chosen.
///
/// Arrow keys move along the row as it is read, Enter or Space chooses: a panel may be costly, so
/// passing by must not open it.
#[component]
pub(crate) fn Tabs(
    /// What the tabs are views of.
    #[prop(into)]
    label: String,
    /// The views.
    tabs: Vec<Tab>,
    /// The id of the chosen one.
    chosen: RwSignal<&'static str>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let row = NodeRef::<html::Div>::new();
    let ids: Vec<&'static str> = tabs.iter().map(|tab| tab.id).collect();
    let buttons = tabs
        .iter()
        .map(|tab| {
            let id = tab.id;
            let is_chosen = move || chosen.get() == id;
            view! {
                <button
                    r#type="button"
                    role="tab"
                    id=format!("tab-{id}")
                    class="tab"
                    aria-controls=format!("panel-{id}")
                    aria-selected=move || if is_chosen() { "true" } else { "false" }
                    tabindex=move || if is_chosen() { "0" } else { "-1" }
                    on:click=move |_| chosen.set(id)
                >
                    {tab.label.clone()}
                </button>
            }
        })
        .collect_view();
    let panels = tabs
        .into_iter()
        .map(|Tab { id, view, .. }| {
            let view = StoredValue::new(view);
            view! {
                <div
                    role="tabpanel"
                    id=format!("panel-{id}")
                    class="tab-panel"
                    aria-labelledby=format!("tab-{id}")
                    tabindex="0"
                    hidden=move || chosen.get() != id
                >
                    {move || (chosen.get() == id).then(|| view.get_value().run())}
                </div>
            }
        })
        .collect_view();
    let keys = move |ev: ev::KeyboardEvent| {
        let Some(row) = row.get_untracked() else { return };
        let here = focused(&row, &ids).unwrap_or_default();
        let Some(there) = next(locale, &ev.code(), here, ids.len()) else { return };
        ev.prevent_default();
        focus(&row, ids.get(there).copied());
    };
    view! {
        <div class="tab-set">
            <div class="tabs tab-row" role="tablist" aria-label=label node_ref=row on:keydown=keys>
                {buttons}
            </div>
            {panels}
        </div>
    }
}

/// Where an arrow key leads in a row of so many, in the direction of reading.
fn next(locale: Locale, code: &str, here: usize, count: usize) -> Option<usize> {
    let forward = match locale {
        Locale::Ar => "ArrowLeft",
        Locale::En => "ArrowRight",
    };
    match code {
        "Home" => Some(0),
        "End" => count.checked_sub(1),
        "ArrowLeft" | "ArrowRight" if code == forward => Some((here + 1) % count.max(1)),
        "ArrowLeft" | "ArrowRight" => Some((here + count.max(1) - 1) % count.max(1)),
        _ => None,
    }
}

fn focused(row: &web_sys::HtmlDivElement, ids: &[&str]) -> Option<usize> {
    let id = row.owner_document()?.active_element()?.id();
    ids.iter().position(|tab| id.strip_prefix("tab-") == Some(tab))
}

fn focus(row: &web_sys::HtmlDivElement, id: Option<&str>) {
    let found = id.and_then(|id| row.query_selector(&format!("#tab-{id}")).ok().flatten());
    if let Some(tab) = found {
        let tab: &web_sys::HtmlElement = wasm_bindgen::JsCast::unchecked_ref(&tab);
        let _ = tab.focus();
    }
}
