//! Pictures beside words. Never instead of them: every icon is hidden from screen readers.

use leptos::prelude::*;

/// Icons that point along the line of reading: mirrored in Arabic. Play, clocks and ticks are not.
const DIRECTED: [&str; 10] = [
    "arrow-right",
    "chevron-left",
    "chevron-right",
    "file-text",
    "list-checks",
    "log-out",
    "message-square-text",
    "redo-2",
    "send",
    "undo-2",
];

/// One symbol of `public/icons.svg`.
#[component]
pub(crate) fn Icon(
    /// The symbol's id, as lucide calls it.
    name: &'static str,
) -> impl IntoView {
    let class = if DIRECTED.contains(&name) { "icon icon-directed" } else { "icon" };
    view! {
        <svg class=class width="20" height="20" aria-hidden="true" focusable="false">
            <use_ href=format!("/icons.svg#{name}")></use_>
        </svg>
    }
}
