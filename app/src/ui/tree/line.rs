//! One line of a tree.

use leptos::prelude::*;

use super::shape::{TreeItem, TreeRow};
use super::{Standing, line_id};
use crate::ui::icon::Icon;

/// A line: its sign, its name, and what may be done with it.
#[component]
pub(super) fn Line(
    /// Which.
    row: TreeRow,
    /// What the tree knows.
    standing: Standing,
) -> impl IntoView {
    let TreeRow { id, level, branches, place } = row;
    let item = standing.shape.with_value(|shape| shape.item(id).cloned());
    item.map(|item| {
        let shut = move || standing.memory.shut.with(|shut| shut.contains(&id));
        let expanded = move || branches.then(|| if shut() { "false" } else { "true" });
        let toggle = branches.then(|| {
            view! {
                <span
                    class="tree-toggle"
                    aria-hidden="true"
                    on:click=move |_| standing.fold(id, !standing.memory.shut.with_untracked(|shut| shut.contains(&id)))
                >
                    <Icon name="chevron-right"/>
                </span>
            }
        });
        let movable = standing.may_move(id);
        view! {
            <div
                role="treeitem"
                id=line_id(id)
                class="tree-line"
                class:tree-muted=item.muted.is_some()
                class:tree-held=move || standing.held.get() == Some(id)
                class:tree-takes=move || standing.takes(id)
                aria-setsize=place.1.to_string()
                aria-posinset=place.0.to_string()
                aria-expanded=expanded
                tabindex=move || if standing.memory.current.get() == Some(id) { "0" } else { "-1" }
                draggable=if movable { "true" } else { "false" }
                on:focusin=move |_| standing.memory.current.set(Some(id))
                on:dragstart=move |_| standing.drag(id)
                on:dragend=move |_| standing.let_go()
                on:dragover=move |ev| {
                    if standing.may_drop(id) {
                        ev.prevent_default();
                    }
                }
                on:drop=move |ev| {
                    ev.prevent_default();
                    standing.put_below(id);
                }
            >
                {toggle}
                {named(&item)}
                {movable.then(|| view! { <TakeUp item=item.clone() standing=standing/> })}
                <PutHere item=item.clone() standing=standing/>
            </div>
        }
        // Leptos has no name for this one.
        .attr("aria-level", level.to_string())
    })
}

fn named(item: &TreeItem) -> AnyView {
    let muted = item.muted.clone().map(|why| view! { <span class="badge">{why}</span> });
    view! {
        <a href=item.href.clone() tabindex="-1" draggable="false">
            <bdi dir="auto">{item.label.clone()}</bdi>
        </a>
        <span class="hint"><bdi>{item.note.clone()}</bdi></span>
        {muted}
    }
    .into_any()
}

/// Takes a line up, so that it can be put down elsewhere.
#[component]
fn TakeUp(
    /// Which.
    item: TreeItem,
    /// What the tree knows.
    standing: Standing,
) -> impl IntoView {
    let locale = crate::texts::current();
    let id = item.id;
    let name = text!(locale, kit.tree_move_this, name = item.label).to_string();
    view! {
        <button
            r#type="button"
            class="button button-quiet tree-act"
            tabindex="-1"
            aria-label=name
            hidden=move || standing.held.get().is_some()
            on:click=move |_| standing.take_up(id)
        >
            {text!(locale, kit.tree_move)}
        </button>
    }
}

/// Puts down here what is held; only where it may stand.
#[component]
fn PutHere(
    /// Which line.
    item: TreeItem,
    /// What the tree knows.
    standing: Standing,
) -> impl IntoView {
    let locale = crate::texts::current();
    let id = item.id;
    let name = text!(locale, kit.tree_put_below, name = item.label).to_string();
    view! {
        <button
            r#type="button"
            class="button tree-act"
            tabindex="-1"
            aria-label=name
            hidden=move || !standing.takes(id)
            on:click=move |_| standing.put_below(id)
        >
            {text!(locale, kit.tree_put)}
        </button>
    }
}
