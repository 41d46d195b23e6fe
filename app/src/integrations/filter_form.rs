//! What the log of messages is narrowed by: a plain GET form, and one chip for each filter that holds.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use px360_domain::accounts::HospitalName;
use px360_domain::ids::SourceId;
use px360_domain::integrations::{EventReason, EventStatus, SourceView};
use px360_domain::{Locale, paths};

use super::address::{Address, ENCOUNTER, EVENT_CODE, REASON, SOURCE, STATUS};
use super::words;
use crate::layout::name_of;
use crate::ui::fields::{Choice, FieldSpec, Select, TextInput};
use crate::ui::filters::{Chip, Chips, hidden, sent_by};
use crate::ui::icon::Icon;
use crate::ui::menu::Menu;
use crate::ui::numbers::isolated;

/// What filters are called that the address only names by a code or an id.
#[derive(Clone)]
pub(super) struct Known {
    /// The hospitals within reach.
    pub(super) hospitals: Vec<HospitalName>,
    /// The systems that send.
    pub(super) sources: Vec<SourceView>,
}

impl Known {
    /// What a system that sends is called, or its id.
    fn source(&self, id: SourceId) -> String {
        let found = self.sources.iter().find(|source| source.id == id);
        found.map_or_else(|| id.to_string(), |source| source.name.clone())
    }
}

/// The form behind its button, and the chips beside it.
#[component]
pub(super) fn Filters(
    /// What holds.
    address: Address,
    /// What filters are called.
    known: Known,
) -> impl IntoView {
    let locale = crate::texts::current();
    let summary = view! {
        <Icon name="funnel"/>
        <span>{text!(locale, integrations.filter)}</span>
    }
    .into_any();
    let chips = chips(locale, &address, &known);
    view! {
        <div class="filter-bar">
            <Menu summary=summary class="filter filter-wide" shortcut="KeyF">
                <Form address=address sources=known.sources/>
            </Menu>
            <Chips
                label=text!(locale, integrations.filters_active)
                chips=chips
                clear=text!(locale, integrations.clear_filters)
                clear_href=paths::events(locale)
            />
        </div>
    }
}

#[component]
fn Form(
    /// What holds.
    address: Address,
    /// The systems that send.
    sources: Vec<SourceView>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let navigate = use_navigate();
    let kept = hidden(address.kept());
    let word = |value: Option<String>| RwSignal::new(value.unwrap_or_default());
    let status = address.status.map(|status| status.as_str().to_owned());
    let reason = address.reason.map(|reason| reason.as_str().to_owned());
    let source = address.source_id.map(|id| id.to_string());
    let sources: Vec<Choice> =
        sources.into_iter().map(|source| Choice::new(source.id.to_string(), source.name)).collect();
    let by_source = (!sources.is_empty()).then(|| {
        view! {
            <Select
                field=FieldSpec::new(SOURCE, text!(locale, integrations.source))
                value=word(source)
                choices=sources
                empty=any(locale)
            />
        }
    });
    let submit = move |ev| {
        if let Some(query) = sent_by(&ev) {
            let to = Address::from_query(&query).href(locale);
            navigate(&to, NavigateOptions::default());
        }
    };
    view! {
        <form class="filter-form" method="get" action=paths::events(locale) on:submit=submit>
            {kept}
            <Select
                field=FieldSpec::new(STATUS, text!(locale, integrations.status))
                value=word(status)
                choices=statuses(locale)
                empty=any(locale)
            />
            <Select
                field=FieldSpec::new(REASON, text!(locale, integrations.reason))
                value=word(reason)
                choices=reasons(locale)
                empty=any(locale)
            />
            {by_source}
            <TextInput
                field=FieldSpec::new(ENCOUNTER, text!(locale, integrations.encounter))
                value=word(address.encounter_id)
                autocomplete="off"
            />
            <TextInput
                field=FieldSpec::new(EVENT_CODE, text!(locale, integrations.event_code))
                value=word(address.event_code)
                autocomplete="off"
            />
            <button r#type="submit" class="button button-primary button-wide">
                {text!(locale, integrations.apply_filter)}
            </button>
        </form>
    }
}

fn any(locale: Locale) -> Option<String> {
    Some(text!(locale, integrations.any).to_owned())
}

fn statuses(locale: Locale) -> Vec<Choice> {
    EventStatus::ALL
        .iter()
        .map(|status| Choice::new(status.as_str(), words::status(locale, *status)))
        .collect()
}

fn reasons(locale: Locale) -> Vec<Choice> {
    EventReason::ALL
        .iter()
        .map(|reason| Choice::new(reason.as_str(), words::reason(locale, *reason)))
        .collect()
}

/// The filters that hold.
fn chips(locale: Locale, address: &Address, known: &Known) -> Vec<Chip> {
    let here = address.first();
    let mut found: Vec<(String, Address)> = Vec::new();
    if let Some(status) = address.status {
        let label = words::status(locale, status).to_owned();
        found.push((label, Address { status: None, ..here.clone() }));
    }
    if let Some(reason) = address.reason {
        let label = words::reason(locale, reason).to_owned();
        found.push((label, Address { reason: None, ..here.clone() }));
    }
    if let Some(id) = address.source_id {
        found.push((known.source(id), Address { source_id: None, ..here.clone() }));
    }
    if let Some(code) = &address.hospital {
        let label = name_of(locale, &known.hospitals, code);
        found.push((label, Address { hospital: None, ..here.clone() }));
    }
    if let Some(number) = &address.encounter_id {
        let label = text!(locale, integrations.chip_encounter, number = isolated(number));
        found.push((label, Address { encounter_id: None, ..here.clone() }));
    }
    if let Some(code) = &address.event_code {
        let label = text!(locale, integrations.chip_event_code, code = isolated(code));
        found.push((label, Address { event_code: None, ..here.clone() }));
    }
    found
        .into_iter()
        .map(|(label, without)| {
            let remove = text!(locale, integrations.remove_filter, name = label.clone());
            Chip { label, remove, href: without.href(locale) }
        })
        .collect()
}

/// What the filters of the log say, in one line: for whoever is asked whether all of that is meant.
pub(super) fn in_words(locale: Locale, address: &Address, known: &Known) -> String {
    let labels: Vec<String> =
        chips(locale, address, known).into_iter().map(|chip| chip.label).collect();
    labels.join(" · ")
}
