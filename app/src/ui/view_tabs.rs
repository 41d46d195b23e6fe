//! The views of a list, side by side: nobody should have to filter to remember.

use leptos::prelude::*;

use crate::ui::icon::Icon;
use crate::ui::numbers::{Num, grouped};

/// One view.
#[derive(Clone)]
pub(crate) struct ViewTab {
    /// What it is called.
    pub(crate) label: String,
    /// Where it stands.
    pub(crate) href: String,
    /// Whether it is the one that is shown.
    pub(crate) current: bool,
    /// Whether what is shown differs from it by now.
    pub(crate) changed: bool,
    /// How many rows it holds.
    pub(crate) count: Option<i64>,
    /// How many of these are late.
    pub(crate) late: i64,
    /// Whether being late is what it is about.
    pub(crate) about_late: bool,
    /// Whether others find it too.
    pub(crate) shared: bool,
}

impl ViewTab {
    /// A page beside others: nothing of it is counted.
    pub(crate) fn of_page(label: impl Into<String>, href: String, current: bool) -> Self {
        Self {
            label: label.into(),
            href,
            current,
            changed: false,
            count: None,
            late: 0,
            about_late: false,
            shared: false,
        }
    }
}

/// The views, each a link; the one that is shown is marked.
#[component]
pub(crate) fn ViewTabs(
    /// What the row of views is called.
    label: &'static str,
    /// The views.
    tabs: Vec<ViewTab>,
) -> impl IntoView {
    let tabs = tabs.into_iter().map(tab).collect_view();
    view! {
        <nav class="tabs" aria-label=label>
            <ul>{tabs}</ul>
        </nav>
    }
}

fn tab(tab: ViewTab) -> AnyView {
    let locale = crate::texts::current();
    let alarm = tab.about_late && tab.late > 0;
    let count = tab.count.map(|count| {
        let late = !tab.about_late && tab.late > 0;
        view! {
            <span class="tab-count" class:tab-count-bad=alarm class:tab-count-late=late>
                <Num text=grouped(count)/>
                {late.then(|| view! {
                    <span class="visually-hidden">
                        {text!(locale, kit.view_late, count = tab.late).to_string()}
                    </span>
                })}
            </span>
        }
    });
    view! {
        <li>
            <a class="tab" href=tab.href aria-current=tab.current.then_some("page")>
                {alarm.then(|| view! { <Icon name="octagon-alert"/> })}
                {tab.shared.then(|| view! {
                    <span class="tab-shared">
                        <Icon name="users"/>
                        <span class="visually-hidden">{text!(locale, kit.view_shared)}</span>
                    </span>
                })}
                <bdi dir="auto">{tab.label}</bdi>
                {tab.changed.then(|| view! {
                    <span class="tab-changed">
                        <span class="visually-hidden">{text!(locale, kit.view_changed)}</span>
                    </span>
                })}
                {count}
            </a>
        </li>
    }
    .into_any()
}
