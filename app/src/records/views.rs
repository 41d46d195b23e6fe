//! The saved views of a list of records.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::ids::SavedViewId;
use px360_domain::saved_views::{Audience, Look, SavedView};

use super::address::Address;
use crate::saved_views::Offer;
use crate::ui::view_tabs::ViewTab;

/// The saved views of the list.
pub(super) struct Views {
    pub(super) saved: Vec<SavedView>,
    pub(super) changed: Callback<Option<(SavedViewId, Look)>>,
}

/// The whole list, then the saved views that stand beside it; nothing where nobody saved one.
pub(super) fn view_tabs(locale: Locale, address: &Address, saved: &[SavedView]) -> Vec<ViewTab> {
    let here = address.look();
    let shown = saved.iter().filter(|view| view.shown || address.view == Some(view.id));
    let views = shown.filter_map(|view| {
        let current = address.view == Some(view.id);
        Some(ViewTab {
            label: view.name.clone(),
            href: Address::of_view(view.id, &view.look)?.href(locale),
            current,
            changed: current && view.look != here,
            count: None,
            late: 0,
            about_late: false,
            shared: view.audience != Audience::Personal,
        })
    });
    let views: Vec<ViewTab> = views.collect();
    if views.is_empty() {
        return views;
    }
    let everything = Address::everything(address.kind);
    let all = ViewTab {
        label: text!(locale, records.view_all).to_owned(),
        href: everything.href(locale),
        current: address.view.is_none() && everything.look() == here,
        changed: false,
        count: None,
        late: 0,
        about_late: false,
        shared: false,
    };
    std::iter::once(all).chain(views).collect()
}

/// The ways to keep what is shown, where no view shows it.
pub(super) fn offer(locale: Locale, address: &Address, is_a_view: bool, views: Views) -> AnyView {
    let from = views.saved.into_iter().find(|view| address.view == Some(view.id));
    let start = from.as_ref().and_then(|view| Address::of_view(view.id, &view.look));
    let reset = start.unwrap_or_else(|| Address::everything(address.kind)).href(locale);
    let here = address.look();
    let is_new = !is_a_view && here != Address::everything(address.kind).look();
    view! { <Offer here=here from=from is_new=is_new reset=reset changed=views.changed/> }
        .into_any()
}
