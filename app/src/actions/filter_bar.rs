//! The filters: a plain GET form, and one chip for each filter that holds.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use px360_domain::Locale;
use px360_domain::accounts::HospitalName;
use px360_domain::actions::{ActionFilter, ActionStatus};
use px360_domain::paths;
use web_sys::SubmitEvent;

use super::address::{Address, MINE, OVERDUE, STATUS, YES};
use super::words;
use crate::ui::filters::{Chip, Chips, hidden, sent_by};
use crate::ui::icon::Icon;
use crate::ui::menu::Menu;

/// The form behind its button, and the chips beside it.
#[component]
pub(super) fn FilterBar(
    /// What holds.
    address: Address,
    /// The names of the hospitals.
    hospitals: Vec<HospitalName>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let summary = view! {
        <Icon name="funnel"/>
        <span>{text!(locale, actions.filter)}</span>
    }
    .into_any();
    let chips = chips(locale, &address, &hospitals);
    view! {
        <div class="filter-bar">
            <Menu summary=summary class="filter" shortcut="KeyF">
                <FilterForm address=address/>
            </Menu>
            <Chips
                label=text!(locale, actions.filters_active)
                chips=chips
                clear=text!(locale, actions.clear_filters)
                clear_href=paths::actions(locale)
            />
        </div>
    }
}

#[component]
fn FilterForm(
    /// What holds.
    address: Address,
) -> impl IntoView {
    let locale = crate::texts::current();
    let filter = address.filter.clone();
    let statuses = ActionStatus::ALL
        .iter()
        .map(|status| {
            let checked = filter.status.contains(status);
            let label = words::status(locale, *status);
            view! { <CheckBox name=STATUS value=status.as_str() label=label checked=checked/> }
        })
        .collect_view();
    let overdue = text!(locale, actions.only_overdue);
    let mine = text!(locale, actions.only_mine);
    let navigate = use_navigate();
    let kept = hidden(address.kept());
    view! {
        <form
            method="get"
            action=paths::actions(locale)
            on:submit=move |ev| submit(&ev, locale, &navigate)
        >
            {kept}
            <fieldset class="fieldset">
                <legend>{text!(locale, actions.status)}</legend>
                <p class="hint">{text!(locale, actions.status_hint)}</p>
                {statuses}
            </fieldset>
            <fieldset class="fieldset">
                <legend>{text!(locale, actions.only)}</legend>
                <CheckBox name=OVERDUE value=YES label=overdue checked=filter.overdue/>
                <CheckBox name=MINE value=YES label=mine checked=filter.mine/>
            </fieldset>
            <button r#type="submit" class="button button-primary button-wide">
                {text!(locale, actions.apply_filter)}
            </button>
        </form>
    }
}

/// Goes to the address that the form would, in its short form and without loading a new page.
fn submit(ev: &SubmitEvent, locale: Locale, navigate: &impl Fn(&str, NavigateOptions)) {
    if let Some(query) = sent_by(ev) {
        navigate(&Address::from_query(&query).href(locale), NavigateOptions::default());
    }
}

#[component]
fn CheckBox(
    /// The key in the address.
    name: &'static str,
    /// The value in the address.
    value: &'static str,
    /// What it means.
    label: &'static str,
    /// Whether it holds.
    checked: bool,
) -> impl IntoView {
    view! {
        <label class="check">
            <input r#type="checkbox" name=name value=value checked=checked/>
            <span>{label}</span>
        </label>
    }
}

/// The filters that hold.
fn chips(locale: Locale, address: &Address, hospitals: &[HospitalName]) -> Vec<Chip> {
    let filter = &address.filter;
    let mut chips = Vec::new();
    for status in &filter.status {
        let rest = filter.status.iter().copied().filter(|other| other != status).collect();
        let without = ActionFilter { status: rest, ..filter.clone() };
        chips.push((words::status(locale, *status).to_owned(), without));
    }
    if filter.overdue {
        let without = ActionFilter { overdue: false, ..filter.clone() };
        chips.push((text!(locale, actions.only_overdue).to_owned(), without));
    }
    if filter.mine {
        let without = ActionFilter { mine: false, ..filter.clone() };
        chips.push((text!(locale, actions.only_mine).to_owned(), without));
    }
    if let Some(code) = &filter.hospital {
        let without = ActionFilter { hospital: None, ..filter.clone() };
        chips.push((crate::layout::name_of(locale, hospitals, code), without));
    }
    chips
        .into_iter()
        .map(|(label, without)| {
            let href = address.with(without).href(locale);
            let remove = text!(locale, actions.remove_filter, name = label.clone());
            Chip { label, remove, href }
        })
        .collect()
}
