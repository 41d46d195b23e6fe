//! Where there is nothing to show: why, and what to do about it.

use leptos::prelude::*;

use crate::ui::icon::Icon;

/// An empty place. Three kinds, told apart by their words: nothing yet, no match, no right to see.
#[component]
pub(crate) fn EmptyState(
    /// A picture.
    icon: &'static str,
    /// What is not there.
    #[prop(into)]
    title: String,
    /// Why, or what to do.
    #[prop(into)]
    hint: String,
    /// The way on.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="empty">
            <Icon name=icon/>
            <h2>{title}</h2>
            <p>{hint}</p>
            {children.map(|children| children())}
        </section>
    }
}
