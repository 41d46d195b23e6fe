//! What the list of journeys is narrowed by: a plain GET form, and one chip for each filter that holds.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use px360_domain::journeys::{JourneyFilter, JourneyStatus, JourneyType};
use px360_domain::{Locale, paths};

use super::address::{self, ENCOUNTER_NUMBER, JOURNEY_TYPE, STATUS};
use super::words;
use crate::ui::fields::{Choice, FieldSpec, Select, TextInput};
use crate::ui::filters::{Chip, Chips, hidden, sent_by};
use crate::ui::icon::Icon;
use crate::ui::menu::Menu;

/// The form behind its button, and the chips beside it.
#[component]
pub(super) fn Filters(
    /// What holds.
    filter: JourneyFilter,
) -> impl IntoView {
    let locale = crate::texts::current();
    let summary = view! {
        <Icon name="funnel"/>
        <span>{text!(locale, journeys.filter)}</span>
    }
    .into_any();
    let chips = chips(locale, &filter);
    let everything = address::href(locale, &address::everything(&filter));
    view! {
        <div class="filter-bar">
            <Menu summary=summary class="filter" shortcut="KeyF">
                <Form filter=filter/>
            </Menu>
            <Chips
                label=text!(locale, journeys.filters_active)
                chips=chips
                clear=text!(locale, journeys.clear_filters)
                clear_href=everything
            />
        </div>
    }
}

/// The form itself.
#[component]
fn Form(
    /// What holds.
    filter: JourneyFilter,
) -> impl IntoView {
    let locale = crate::texts::current();
    let navigate = use_navigate();
    let kept = hidden(address::kept(&filter));
    let word = |value: Option<String>| RwSignal::new(value.unwrap_or_default());
    let journey_type = filter.journey_type.map(|kind| kind.to_string());
    let status = filter.status.map(|status| status.to_string());
    let any = || Some(text!(locale, journeys.any).to_owned());
    let submit = move |ev| {
        if let Some(query) = sent_by(&ev) {
            let to = address::href(locale, &address::from_query(&query));
            navigate(&to, NavigateOptions::default());
        }
    };
    view! {
        <form class="filter-form" method="get" action=paths::journey_list(locale) on:submit=submit>
            {kept}
            <Select
                field=FieldSpec::new(JOURNEY_TYPE, text!(locale, journeys.encounter_type))
                value=word(journey_type)
                choices=types(locale)
                empty=any()
            />
            <Select
                field=FieldSpec::new(STATUS, text!(locale, journeys.status))
                value=word(status)
                choices=statuses(locale)
                empty=any()
            />
            <TextInput
                field=FieldSpec::new(ENCOUNTER_NUMBER, text!(locale, journeys.encounter_number))
                value=word(filter.encounter_number)
            />
            <button r#type="submit" class="button button-primary button-wide">
                {text!(locale, journeys.apply_filter)}
            </button>
        </form>
    }
}

/// Every kind of encounter.
fn types(locale: Locale) -> Vec<Choice> {
    JourneyType::ALL
        .iter()
        .map(|kind| Choice::new(kind.as_str(), words::journey_type(locale, *kind)))
        .collect()
}

/// Everywhere that a journey may stand.
fn statuses(locale: Locale) -> Vec<Choice> {
    JourneyStatus::ALL
        .iter()
        .map(|status| Choice::new(status.as_str(), words::journey_status(locale, *status)))
        .collect()
}

/// The filters that hold.
fn chips(locale: Locale, filter: &JourneyFilter) -> Vec<Chip> {
    let here = address::first(filter);
    let mut found: Vec<(String, JourneyFilter)> = Vec::new();
    if let Some(kind) = filter.journey_type {
        let label = words::journey_type(locale, kind).to_owned();
        found.push((label, JourneyFilter { journey_type: None, ..here.clone() }));
    }
    if let Some(status) = filter.status {
        let label = words::journey_status(locale, status).to_owned();
        found.push((label, JourneyFilter { status: None, ..here.clone() }));
    }
    if let Some(number) = &filter.encounter_number {
        let label = text!(locale, journeys.chip_encounter, number = number.clone()).to_string();
        found.push((label, JourneyFilter { encounter_number: None, ..here.clone() }));
    }
    if filter.patient_id.is_some() {
        let label = text!(locale, journeys.chip_patient).to_owned();
        found.push((label, JourneyFilter { patient_id: None, ..here.clone() }));
    }
    if filter.template_id.is_some() {
        let label = text!(locale, journeys.chip_template).to_owned();
        found.push((label, JourneyFilter { template_id: None, ..here }));
    }
    found
        .into_iter()
        .map(|(label, without)| {
            let remove = text!(locale, journeys.remove_filter, name = label.clone()).to_string();
            Chip { label, remove, href: address::href(locale, &without) }
        })
        .collect()
}
