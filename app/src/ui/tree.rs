//! Things below things, such as departments: native disclosure, so that it opens without scripts.

use leptos::prelude::*;

/// One thing and what is below it.
#[derive(Clone)]
pub(crate) struct Branch {
    /// What it is called.
    pub(crate) label: String,
    /// More about it, at the end of the line.
    pub(crate) note: Option<String>,
    /// What is below it.
    pub(crate) below: Vec<Branch>,
}

/// A tree that opens branch by branch.
#[component]
pub(crate) fn Tree(
    /// What it shows.
    #[prop(into)]
    label: String,
    /// The first level.
    branches: Vec<Branch>,
) -> impl IntoView {
    view! {
        <ul class="tree" aria-label=label>{branches.into_iter().map(branch).collect_view()}</ul>
    }
}

fn branch(Branch { label, note, below }: Branch) -> AnyView {
    let line = view! {
        <bdi>{label}</bdi>
        {note.map(|note| view! { <span class="hint">{note}</span> })}
    };
    if below.is_empty() {
        return view! { <li class="tree-leaf">{line}</li> }.into_any();
    }
    view! {
        <li>
            <details class="tree-branch" open>
                <summary>{line}</summary>
                <ul>{below.into_iter().map(branch).collect_view()}</ul>
            </details>
        </li>
    }
    .into_any()
}
