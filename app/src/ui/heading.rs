//! The first heading of a page, and where the keyboard goes when the page changes.

use leptos::html;
use leptos::prelude::*;
use leptos_meta::Title;
use wasm_bindgen::JsCast;

/// What was announced last, shared by all pages of one visit.
#[derive(Clone, Copy)]
pub(crate) struct Announced {
    /// The address whose heading it was.
    path: StoredValue<Option<String>>,
    /// Whether the keyboard still has to go to its heading.
    due: StoredValue<bool>,
}

/// Remembers, for the whole visit, which page was announced last.
pub(crate) fn provide_announcements() {
    provide_context(Announced { path: StoredValue::new(None), due: StoredValue::new(false) });
}

/// Moves the keyboard to the heading, where what it stood on may be gone.
pub(crate) fn focus_heading() {
    // What waited for data is built first and put in place after that.
    request_animation_frame(|| {
        if let Ok(Some(heading)) = document().query_selector("h1") {
            let _ = heading.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
}

/// The same once this heading stands in the page. It may be built earlier, while other data is on
/// its way, and built anew until then: the one that comes to stand there takes the keyboard.
fn focus_once_shown(heading: NodeRef<html::H1>, due: StoredValue<bool>) {
    request_animation_frame(move || {
        let Some(element) = heading.try_get_untracked().flatten() else { return };
        if !element.is_connected() {
            focus_once_shown(heading, due);
        } else if due.try_update_value(std::mem::take).unwrap_or_default() {
            let _ = element.focus();
        }
    });
}

/// The title of the tab. `leptos_meta` puts it into the head of what the server sends as it is, and a patient's or a
/// survey's name may hold anything; the browser takes it as text by itself.
fn in_head(title: String) -> String {
    if cfg!(feature = "ssr") { html_escape::encode_text(&title).into_owned() } else { title }
}

/// The `<h1>` and the title of the tab.
///
/// After a change of page without a reload the keyboard goes here, so that screen readers say where
/// they are. Not after the first load, where the browser does that itself.
#[component]
pub(crate) fn PageHeading(
    /// What the page is called.
    #[prop(into)]
    title: String,
    /// What the tab says before the house's name, where that is more than the heading.
    #[prop(optional, into)]
    tab: Option<String>,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    let announced = use_context::<Announced>();
    Effect::new(move || {
        let (Some(_), Some(Announced { path, due })) = (heading.get(), announced) else { return };
        let Ok(here) = window().location().pathname() else { return };
        let before = path.try_update_value(|path| path.replace(here.clone())).flatten();
        if before.is_some_and(|before| before != here) {
            due.try_set_value(true);
        }
        focus_once_shown(heading, due);
    });
    let locale = crate::texts::current();
    let tab = tab.unwrap_or_else(|| title.clone());
    let tab = text!(locale, common.tab_title, page = tab).to_string();
    view! {
        <Title text=in_head(tab)/>
        <h1 tabindex="-1" node_ref=heading>
            <bdi>{title}</bdi>
        </h1>
    }
}
