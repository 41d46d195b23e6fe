//! Putting things of a list in another order: by a menu, or by Alt and an arrow. Dragging is the list's own.

use leptos::ev;
use leptos::prelude::*;
use px360_domain::Locale;
use wasm_bindgen::JsCast;

use crate::ui::menu_button::Command;

/// Moves things of one list; the keyboard goes along with what it moves.
#[derive(Clone, Copy)]
pub(crate) struct Mover {
    /// What the ids of the things begin with: `stage` of `stage-3`, counted from 0.
    pub(crate) prefix: &'static str,
    /// Moves the one at the first place to the second one.
    pub(crate) go: Callback<(usize, usize)>,
}

impl Mover {
    fn to(self, from: usize, to: usize) {
        self.go.run((from, to));
        focus_soon(&format!("{}-{to}", self.prefix));
    }

    /// The keys that move a thing, as assistive technology is told.
    pub(crate) fn keys() -> String {
        ["Alt+ArrowUp", "Alt+ArrowDown"].join(" ")
    }

    /// Alt and an arrow.
    pub(crate) fn by_key(self, index: usize, count: usize, ev: &ev::KeyboardEvent) {
        let to = match (ev.code().as_str(), ev.alt_key()) {
            ("ArrowUp", true) => index.checked_sub(1),
            ("ArrowDown", true) => Some(index + 1).filter(|to| *to < count),
            _ => return,
        };
        ev.prevent_default();
        if let Some(to) = to {
            self.to(index, to);
        }
    }

    /// The commands of the menu of one thing.
    pub(crate) fn commands(self, locale: Locale, index: usize, count: usize) -> Vec<Command> {
        let last = count.saturating_sub(1);
        let to = |label: &str, icon, keys, to: Option<usize>| Command {
            label: label.to_owned(),
            icon,
            keys,
            why_not: to.is_none().then(|| text!(locale, kit.reorder_not).to_owned()),
            run: Callback::new(move |()| {
                if let Some(to) = to {
                    self.to(index, to);
                }
            }),
        };
        let up = index.checked_sub(1);
        let down = Some(index + 1).filter(|to| *to <= last);
        vec![
            to(text!(locale, kit.reorder_up), "arrow-up", Some("Alt ↑"), up),
            to(text!(locale, kit.reorder_down), "arrow-down", Some("Alt ↓"), down),
            to(text!(locale, kit.reorder_first), "chevrons-up", None, up.map(|_| 0)),
            to(text!(locale, kit.reorder_last), "arrow-down", None, down.map(|_| last)),
        ]
    }
}

/// Moves the keyboard to what will have this id when the page has been brought up to date.
pub(crate) fn focus_soon(id: &str) {
    let id = id.to_owned();
    request_animation_frame(move || {
        let element = document().get_element_by_id(&id);
        if let Some(element) =
            element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
        {
            let _ = element.focus();
        }
    });
}
