//! The fixed views of the list, with their counts: nobody should have to filter to remember.

use leptos::prelude::*;
use px360_domain::actions::{ActionCounts, ActionFilter, ActionStatus};

use super::filter;
use crate::ui::icon::Icon;
use crate::ui::numbers::{Num, grouped};

/// The four views; the one that is shown is marked.
#[component]
pub(super) fn FixedViews(
    /// What is shown.
    filter: ActionFilter,
    /// How many each view holds.
    counts: ActionCounts,
    /// The chosen columns.
    columns: Vec<String>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let base = filter::everything(&filter);
    let pending = ActionFilter { status: vec![ActionStatus::PendingApproval], ..base.clone() };
    let views = [
        (text!(locale, actions.view_live), base.clone(), counts.live, None),
        (
            text!(locale, actions.view_overdue),
            ActionFilter { overdue: true, ..base.clone() },
            counts.overdue,
            (counts.overdue > 0).then_some("octagon-alert"),
        ),
        (text!(locale, actions.view_pending), pending, counts.pending_approval, None),
        (text!(locale, actions.view_mine), ActionFilter { mine: true, ..base }, counts.mine, None),
    ];
    let shown = ActionFilter { cursor: None, ..filter };
    let links = views
        .into_iter()
        .map(|(label, view, count, alarm)| {
            let current = (view == shown).then_some("page");
            view! {
                <li>
                    <a class="tab" href=filter::href_with(locale, &view, &columns) aria-current=current>
                        {alarm.map(|icon| view! { <Icon name=icon/> })}
                        {label}
                        <span class="tab-count" class:tab-count-bad=alarm.is_some()>
                            <Num text=grouped(count)/>
                        </span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="tabs" aria-label=text!(locale, actions.views_label)>
            <ul>{links}</ul>
        </nav>
    }
}
