//! A titled box, and what it shows while it waits.

use leptos::prelude::*;

/// A section with a heading of its own.
#[component]
pub(crate) fn Card(
    /// What it is about.
    title: &'static str,
    /// The id of its heading.
    #[prop(into)]
    id: String,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    view! {
        <section class=format!("card {class}") aria-labelledby=id.clone()>
            <h2 id=id.clone() class="card-title">{title}</h2>
            {children()}
        </section>
    }
}

/// Grey lines where text will be, of the same height, so that nothing jumps.
#[component]
pub(crate) fn Skeleton(
    /// How many lines.
    lines: usize,
) -> impl IntoView {
    let locale = crate::texts::current();
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{text!(locale, common.loading)}</span>
            {(0..lines).map(|_| view! { <span class="skeleton-line" aria-hidden="true"></span> }).collect_view()}
        </div>
    }
}
