//! From one action to the next of the list that one came from.

use leptos::prelude::*;
use px360_domain::actions::ActionNeighbours;
use px360_domain::ids::ActionId;

use super::address::Address;
use crate::loaded::Loaded;
use crate::ui::icon::Icon;
use crate::ui::numbers::grouped;

/// Where the action stands in its list, and the ways to those beside it.
#[component]
pub(super) fn Neighbours(
    /// What stands beside it.
    beside: Loaded<ActionNeighbours>,
    /// The list that one came from.
    list: Memo<Address>,
) -> impl IntoView {
    move || {
        // The action itself is what one came for: without this it is all there.
        let found = beside.get()?.ok()?;
        Some(ways(found, &list.read()))
    }
}

fn ways(found: ActionNeighbours, list: &Address) -> AnyView {
    let locale = crate::texts::current();
    let ActionNeighbours { place, total, previous, next } = found;
    let stands = place.map(|place| {
        text!(locale, actions.place_in_list, place = grouped(place), total = grouped(total))
    });
    let way = |to: Option<ActionId>, label, icon, shortcut, keys| {
        to.map(|id| {
            view! {
                <a
                    class="button button-quiet button-icon has-tip"
                    href=list.href_of(locale, id)
                    aria-label=label
                    data-tip=label
                    data-shortcut=shortcut
                    aria-keyshortcuts=keys
                >
                    <Icon name=icon/>
                </a>
            }
        })
    };
    view! {
        <nav class="neighbours" aria-label=text!(locale, actions.neighbours)>
            {way(previous, text!(locale, actions.previous), "chevron-left", "KeyK", "K")}
            {stands.map(|stands| view! { <span class="num-words">{stands}</span> })}
            {way(next, text!(locale, actions.next), "chevron-right", "KeyJ", "J")}
        </nav>
    }
    .into_any()
}
