//! Every piece of the kit in every state: the living style guide, and what the browser tests look at.
//!
//! Part of development builds only; a release does not carry it.

mod actions;
mod data;
mod feedback;
mod forms;
mod overlays;
mod picks;
mod stories;

use leptos::prelude::*;

use crate::ui::heading::PageHeading;

/// The gallery.
#[component]
pub(crate) fn GalleryPage() -> impl IntoView {
    let locale = crate::texts::current();
    view! {
        <header class="page-head">
            <PageHeading title=text!(locale, gallery.title)/>
        </header>
        <p class="hint">{text!(locale, gallery.about)}</p>
        {actions::section()}
        {overlays::section()}
        {forms::section()}
        {picks::section()}
        {data::section()}
        {stories::section()}
        {feedback::section()}
    }
}

/// One group of pieces.
fn section(id: &'static str, title: &'static str, pieces: AnyView) -> AnyView {
    view! {
        <section class="gallery-section" id=id aria-labelledby=format!("{id}-title")>
            <h2 id=format!("{id}-title")>{title}</h2>
            {pieces}
        </section>
    }
    .into_any()
}
