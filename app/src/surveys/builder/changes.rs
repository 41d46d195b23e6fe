//! How two versions differ.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::surveys::authoring::SurveyChange;

use crate::journeys::{change_badge, name};
use crate::surveys::words::part;

/// One line for each difference.
pub(super) fn changes(locale: Locale, changes: &[SurveyChange]) -> AnyView {
    if changes.is_empty() {
        return view! { <p class="hint">{text!(locale, journeys.no_changes)}</p> }.into_any();
    }
    let lines = changes.iter().map(|change| line(locale, change)).collect_view();
    view! { <ul class="changes">{lines}</ul> }.into_any()
}

fn line(locale: Locale, change: &SurveyChange) -> AnyView {
    let parts =
        change.parts.iter().map(|one| view! { <li>{part(locale, *one)}</li> }).collect_view();
    let what = match &change.question {
        Some(_) => name(locale, &change.name),
        None => text!(locale, surveys.survey_itself).into_any(),
    };
    view! {
        <li class="change">
            {change_badge(locale, change.kind)}
            <span class="change-what">{what}</span>
            <ul class="change-parts">{parts}</ul>
        </li>
    }
    .into_any()
}
