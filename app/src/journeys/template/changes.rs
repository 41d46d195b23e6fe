//! How two versions differ.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::journeys::template::Change;

use super::words;
use crate::journeys::words::name;

/// One line for each difference.
pub(super) fn changes(locale: Locale, changes: &[Change]) -> AnyView {
    if changes.is_empty() {
        return view! { <p class="hint">{text!(locale, journeys.no_changes)}</p> }.into_any();
    }
    let lines = changes.iter().map(|change| line(locale, change)).collect_view();
    view! { <ul class="changes">{lines}</ul> }.into_any()
}

fn line(locale: Locale, change: &Change) -> AnyView {
    let parts = change
        .parts
        .iter()
        .map(|part| view! { <li>{words::part(locale, *part)}</li> })
        .collect_view();
    let what = match &change.stage {
        Some(_) => name(locale, &change.name),
        None => text!(locale, journeys.change_template).into_any(),
    };
    view! {
        <li class="change">
            {words::change_badge(locale, change.kind)}
            <span class="change-what">{what}</span>
            <ul class="change-parts">{parts}</ul>
        </li>
    }
    .into_any()
}
