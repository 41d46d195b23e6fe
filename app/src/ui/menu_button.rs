//! A button that opens a list of commands.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;

use crate::ui::icon::Icon;

/// Something that can be done from a menu.
#[derive(Clone)]
pub(crate) struct Command {
    /// What it is called.
    pub(crate) label: String,
    /// A picture before it.
    pub(crate) icon: &'static str,
    /// Its keys, as they are printed at the end of the line.
    pub(crate) keys: Option<&'static str>,
    /// Why it cannot be done now.
    pub(crate) why_not: Option<String>,
    /// Does it.
    pub(crate) run: Callback<()>,
}

/// A menu of commands. For places to go there is [`crate::ui::menu::Menu`].
#[component]
pub(crate) fn MenuButton(
    /// What the button is called.
    #[prop(into)]
    label: String,
    /// Its picture.
    icon: &'static str,
    /// The commands, in order.
    commands: Vec<Command>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let place = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    close_elsewhere(place, open.into(), Callback::new(move |()| open.set(false)));
    let close = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    };
    let items = commands
        .into_iter()
        .map(|command| view! { <Item command=command close=Callback::new(move |()| close())/> })
        .collect_view();
    let keys = move |ev: ev::KeyboardEvent| {
        let Some(place) = place.get_untracked() else { return };
        match ev.code().as_str() {
            "Escape" | "Tab" if open.get_untracked() => {
                ev.stop_propagation();
                close();
            }
            "ArrowDown" | "ArrowUp" | "Home" | "End" => {
                ev.prevent_default();
                if open.get_untracked() {
                    move_focus(&place, &ev.code());
                } else {
                    // A hidden command cannot take the keyboard; a frame later it is shown.
                    open.set(true);
                    let code = ev.code();
                    request_animation_frame(move || move_focus(&place, &code));
                }
            }
            _ if open.get_untracked() => jump_to(&place, &ev.key()),
            _ => {}
        }
    };
    view! {
        <div class="menu menu-commands" node_ref=place on:keydown=keys>
            <button
                r#type="button"
                class="button"
                aria-haspopup="menu"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                node_ref=button
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name=icon/>
                <span>{label.clone()}</span>
                <Icon name="chevron-down"/>
            </button>
            <div class="menu-panel" role="menu" aria-label=label hidden=move || !open.get()>
                {items}
            </div>
        </div>
    }
}

#[component]
fn Item(
    /// The command.
    command: Command,
    /// Closes the menu.
    close: Callback<()>,
) -> impl IntoView {
    let Command { label, icon, keys, why_not, run } = command;
    let held = why_not.is_some();
    view! {
        <button
            r#type="button"
            role="menuitem"
            class="menu-item"
            tabindex="-1"
            aria-disabled=held.then_some("true")
            on:click=move |_| {
                if !held {
                    close.run(());
                    run.run(());
                }
            }
        >
            <Icon name=icon/>
            <span class="menu-words">
                <span>{label}</span>
                {why_not.map(|why| view! { <span class="hint">{why}</span> })}
            </span>
            {keys.map(|keys| view! { <kbd class="keys" dir="ltr">{keys}</kbd> })}
        </button>
    }
}

/// Closes what is open when the next click lands somewhere else.
pub(crate) fn close_elsewhere(place: NodeRef<html::Div>, open: Signal<bool>, close: Callback<()>) {
    Effect::new(move || {
        let clicks = window_event_listener(ev::click, move |ev| {
            let target = ev.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
            let inside = place.get_untracked().is_some_and(|place| place.contains(target.as_ref()));
            if open.get_untracked() && !inside {
                close.run(());
            }
        });
        on_cleanup(move || clicks.remove());
    });
}

fn items(place: &web_sys::HtmlDivElement) -> Vec<web_sys::HtmlElement> {
    let Ok(found) = place.query_selector_all("[role=menuitem]") else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

fn move_focus(place: &web_sys::HtmlDivElement, code: &str) {
    let items = items(place);
    let active = document().active_element();
    let here = items.iter().position(|item| active.as_ref() == Some(item));
    let last = items.len().saturating_sub(1);
    let there = match (code, here) {
        ("Home", _) | ("ArrowDown", None) => 0,
        ("End", _) | ("ArrowUp", None | Some(0)) => last,
        ("ArrowUp", Some(here)) => here - 1,
        (_, Some(here)) if here == last => 0,
        (_, Some(here)) => here + 1,
        (_, None) => 0,
    };
    if let Some(item) = items.get(there) {
        let _ = item.focus();
    }
}

/// The next command that begins with the typed letter.
fn jump_to(place: &web_sys::HtmlDivElement, key: &str) {
    let mut letters = key.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return };
    let items = items(place);
    let active = document().active_element();
    let here = items.iter().position(|item| active.as_ref() == Some(item)).map_or(0, |at| at + 1);
    let (before, after) = items.split_at(here.min(items.len()));
    let wanted: String = letter.to_lowercase().collect();
    let begins = |item: &&web_sys::HtmlElement| {
        item.text_content().is_some_and(|text| text.trim().to_lowercase().starts_with(&wanted))
    };
    if let Some(item) = after.iter().chain(before).find(begins) {
        let _ = item.focus();
    }
}
