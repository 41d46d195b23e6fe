//! The first heading of a page, and where the keyboard goes when the page changes.

use leptos::html;
use leptos::prelude::*;
use leptos_meta::Title;
use wasm_bindgen::JsCast;

/// The address whose heading was last announced, shared by all pages of one visit.
#[derive(Clone, Copy)]
pub(crate) struct Announced(StoredValue<Option<String>>);

/// Remembers, for the whole visit, which page was announced last.
pub(crate) fn provide_announcements() {
    provide_context(Announced(StoredValue::new(None)));
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
        let (Some(_), Some(Announced(last))) = (heading.get(), announced) else { return };
        let Ok(path) = window().location().pathname() else { return };
        let before = last.try_update_value(|last| last.replace(path.clone())).flatten();
        if before.is_some_and(|before| before != path) {
            focus_heading();
        }
    });
    let locale = crate::texts::current();
    let tab = tab.unwrap_or_else(|| title.clone());
    view! {
        <Title text=text!(locale, common.tab_title, page = tab)/>
        <h1 tabindex="-1" node_ref=heading>
            <bdi>{title}</bdi>
        </h1>
    }
}
