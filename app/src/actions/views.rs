//! The views of the queue: four that are always there, and those that people saved.

use px360_domain::Locale;
use px360_domain::actions::{ActionCounts, ActionFilter, ActionStatus};
use px360_domain::saved_views::{Audience, SavedView};

use super::address::Address;
use crate::ui::view_tabs::ViewTab;

/// The fixed views with their counts, then the saved ones that stand beside the list.
pub(super) fn tabs(
    locale: Locale,
    address: &Address,
    counts: ActionCounts,
    saved: &[SavedView],
) -> Vec<ViewTab> {
    let base = address.everything();
    let only = |filter: ActionFilter| base.with(filter);
    let all = || base.filter.clone();
    let pending = ActionFilter { status: vec![ActionStatus::PendingApproval], ..all() };
    let fixed = [
        (text!(locale, actions.view_live), base.clone(), counts.live),
        (
            text!(locale, actions.view_overdue),
            only(ActionFilter { overdue: true, ..all() }),
            counts.overdue,
        ),
        (text!(locale, actions.view_pending), only(pending), counts.pending_approval),
        (text!(locale, actions.view_mine), only(ActionFilter { mine: true, ..all() }), counts.mine),
    ];
    let here = address.look();
    let fixed = fixed.into_iter().map(|(label, view, count)| {
        let about_late = view.filter.overdue;
        ViewTab {
            label: label.to_owned(),
            href: view.href(locale),
            current: address.view.is_none() && view.look() == here,
            changed: false,
            count: Some(count),
            late: if about_late { count } else { 0 },
            about_late,
            shared: false,
        }
    });
    let saved = saved.iter().filter(|view| view.shown || address.view == Some(view.id));
    let saved = saved.map(|view| {
        let current = address.view == Some(view.id);
        ViewTab {
            label: view.name.clone(),
            href: Address::of_view(view.id, &view.look).href(locale),
            current,
            changed: current && view.look != here,
            count: view.count.map(|count| count.total),
            late: view.count.map_or(0, |count| count.overdue),
            about_late: false,
            shared: view.audience != Audience::Personal,
        }
    });
    fixed.chain(saved).collect()
}
