//! What the log is narrowed by: a plain GET form, and one chip for each filter that holds.

use chrono::{DateTime, Days, NaiveDate, Utc};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use px360_domain::audit::Outcome;
use px360_domain::dates::in_riyadh;
use px360_domain::{Locale, paths};

use super::address::{ACTION, ACTOR, Address, ENTITY, FROM, OUTCOME, SEARCH, TO};
use super::{choices, words};
use crate::ui::dates::date;
use crate::ui::fields::{Choice, DateRange, DateRangeInput, FieldSpec, Preset, Select, TextInput};
use crate::ui::filters::{Chip, Chips, hidden, sent_by};
use crate::ui::icon::Icon;
use crate::ui::menu::Menu;

/// The form behind its button, and the chips beside it.
#[component]
pub(super) fn Filters(
    /// What holds.
    address: Address,
    /// The page's own instant.
    as_of: DateTime<Utc>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let summary = view! {
        <Icon name="funnel"/>
        <span>{text!(locale, audit.filter)}</span>
    }
    .into_any();
    let chips = chips(locale, &address);
    view! {
        <div class="filter-bar">
            <Menu summary=summary class="filter filter-wide" shortcut="KeyF">
                <Form address=address today=in_riyadh(as_of).date()/>
            </Menu>
            <Chips
                label=text!(locale, audit.filters_active)
                chips=chips
                clear=text!(locale, audit.clear_filters)
                clear_href=paths::audit(locale)
            />
        </div>
    }
}

#[component]
fn Form(
    /// What holds.
    address: Address,
    /// The day on which the page was asked for.
    today: NaiveDate,
) -> impl IntoView {
    let locale = crate::texts::current();
    let navigate = use_navigate();
    let kept = hidden(address.kept());
    let word = |value: &Option<String>| RwSignal::new(value.clone().unwrap_or_default());
    let day =
        |day: Option<NaiveDate>| RwSignal::new(day.map(|day| day.to_string()).unwrap_or_default());
    let outcome = address.outcome.map(|outcome| outcome.as_str().to_owned());
    let any = || Some(text!(locale, audit.any).to_owned());
    let submit = move |ev| {
        if let Some(query) = sent_by(&ev) {
            let to = Address::from_query(&query).href(locale);
            navigate(&to, NavigateOptions::default());
        }
    };
    view! {
        <form class="filter-form" method="get" action=paths::audit(locale) on:submit=submit>
            {kept}
            <TextInput
                field=FieldSpec::new(SEARCH, text!(locale, audit.search))
                value=word(&address.search)
                kind="search"
            />
            <TextInput
                field=FieldSpec::new(ACTOR, text!(locale, audit.actor))
                value=word(&address.actor)
            />
            <Select
                field=FieldSpec::new(ACTION, text!(locale, audit.action))
                value=word(&address.action)
                choices=choices(locale, choices::ACTIONS, words::action, address.action.as_deref())
                empty=any()
            />
            <Select
                field=FieldSpec::new(ENTITY, text!(locale, audit.entity))
                value=word(&address.entity)
                choices=choices(locale, choices::ENTITIES, words::entity, address.entity.as_deref())
                empty=any()
            />
            <Select
                field=FieldSpec::new(OUTCOME, text!(locale, audit.outcome))
                value=word(&outcome)
                choices=outcomes(locale)
                empty=any()
            />
            <DateRangeInput
                field=FieldSpec::new("period", text!(locale, audit.period))
                ids=(FROM, TO)
                from=day(address.from)
                to=day(address.to)
                presets=presets(locale, today)
            />
            <button r#type="submit" class="button button-primary button-wide">
                {text!(locale, audit.apply_filter)}
            </button>
        </form>
    }
}

/// The known words, and the one of the address where it is none of them.
fn choices<'a>(
    locale: Locale,
    known: &[&'a str],
    name: fn(Locale, &str) -> Option<&'static str>,
    chosen: Option<&'a str>,
) -> Vec<Choice> {
    let other = chosen.filter(|chosen| !known.contains(chosen));
    let codes = known.iter().copied().chain(other);
    codes.map(|code| Choice::new(code, name(locale, code).unwrap_or(code))).collect()
}

fn outcomes(locale: Locale) -> Vec<Choice> {
    Outcome::ALL
        .iter()
        .map(|outcome| Choice::new(outcome.as_str(), words::outcome(locale, *outcome)))
        .collect()
}

fn presets(locale: Locale, today: NaiveDate) -> Vec<Preset> {
    let last = |label, days: u64| {
        let from = today.checked_sub_days(Days::new(days - 1)).unwrap_or(today);
        Preset { label, range: DateRange { from, to: today } }
    };
    vec![
        last(text!(locale, audit.today), 1),
        last(text!(locale, audit.last_week), 7),
        last(text!(locale, audit.last_month), 30),
    ]
}

/// The filters that hold.
fn chips(locale: Locale, address: &Address) -> Vec<Chip> {
    let here = address.first();
    let named = |name: fn(Locale, &str) -> Option<&'static str>, code: &str| {
        name(locale, code).unwrap_or(code).to_owned()
    };
    let mut found: Vec<(String, Address)> = Vec::new();
    if let Some(words) = &address.search {
        let label = text!(locale, audit.chip_search, words = words.clone());
        found.push((label, Address { search: None, ..here.clone() }));
    }
    if let Some(actor) = &address.actor {
        let label = text!(locale, audit.chip_actor, actor = actor.clone());
        found.push((label, Address { actor: None, ..here.clone() }));
    }
    if let Some(code) = &address.action {
        found.push((named(words::action, code), Address { action: None, ..here.clone() }));
    }
    if let Some(code) = &address.entity {
        let without = Address { entity: None, entity_id: None, ..here.clone() };
        found.push((named(words::entity, code), without));
    }
    if let Some(id) = &address.entity_id {
        found.push((id.clone(), Address { entity_id: None, ..here.clone() }));
    }
    if let Some(outcome) = address.outcome {
        let label = words::outcome(locale, outcome).to_owned();
        found.push((label, Address { outcome: None, ..here.clone() }));
    }
    if let Some(day) = address.from {
        let label = text!(locale, audit.chip_from, day = date(locale, day));
        found.push((label, Address { from: None, ..here.clone() }));
    }
    if let Some(day) = address.to {
        let label = text!(locale, audit.chip_to, day = date(locale, day));
        found.push((label, Address { to: None, ..here.clone() }));
    }
    found
        .into_iter()
        .map(|(label, without)| {
            let remove = text!(locale, audit.remove_filter, name = label.clone());
            Chip { label, remove, href: without.href(locale) }
        })
        .collect()
}
