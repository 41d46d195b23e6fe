//! Pictures beside words. Never instead of them: every icon is hidden from screen readers.

use leptos::prelude::*;

/// One symbol of `public/icons.svg`.
#[component]
pub(crate) fn Icon(
    /// The symbol's id, as lucide calls it.
    name: &'static str,
    /// Whether it points along the line of reading, so that it is mirrored in Arabic.
    #[prop(optional)]
    directed: bool,
) -> impl IntoView {
    let class = if directed { "icon icon-directed" } else { "icon" };
    view! {
        <svg class=class width="20" height="20" aria-hidden="true" focusable="false">
            <use_ href=format!("/icons.svg#{name}")></use_>
        </svg>
    }
}
