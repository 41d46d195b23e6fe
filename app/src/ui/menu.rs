//! A button that opens a small panel: native `<details>`, so that it works before the page is awake.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;

use crate::ui::icon::Icon;

/// A disclosure that closes on Escape, on a click elsewhere and after one of its links was taken.
#[component]
pub(crate) fn Menu(
    /// What the button shows.
    summary: AnyView,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
    /// The key that opens it.
    #[prop(optional)]
    shortcut: Option<&'static str>,
    /// What the panel holds.
    children: Children,
) -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    Effect::new(move || close_when_done(details));
    view! {
        <details class=format!("menu {class}") node_ref=details>
            <summary class="button button-quiet" data-shortcut=shortcut>
                {summary}
                <Icon name="chevron-down"/>
            </summary>
            <div class="menu-panel">{children()}</div>
        </details>
    }
}

fn close_when_done(details: NodeRef<html::Details>) {
    let clicks = window_event_listener(ev::click, move |ev| {
        let Some(details) = details.get_untracked().filter(web_sys::HtmlDetailsElement::open)
        else {
            return;
        };
        let Some(target) =
            ev.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        else {
            return;
        };
        let chose_a_link = target.closest("a").is_ok_and(|link| link.is_some());
        // What was in the panel may be gone by now, such as a line of a list that was picked.
        let elsewhere = target.is_connected() && !details.contains(Some(&target));
        if chose_a_link || elsewhere {
            details.set_open(false);
        }
    });
    let keys = window_event_listener(ev::keydown, move |ev| {
        let Some(details) = details.get_untracked().filter(web_sys::HtmlDetailsElement::open)
        else {
            return;
        };
        if ev.code() == "Escape" {
            details.set_open(false);
            if let Ok(Some(summary)) = details.query_selector("summary") {
                let _ = summary.unchecked_into::<web_sys::HtmlElement>().focus();
            }
        }
    });
    on_cleanup(move || {
        clicks.remove();
        keys.remove();
    });
}
