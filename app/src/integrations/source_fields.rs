//! What the form of a system that sends asks for, and what is written in it.

use std::collections::BTreeSet;
use std::str::FromStr;

use leptos::prelude::*;
use px360_domain::contact::fold_digits;
use px360_domain::ids::HospitalId;
use px360_domain::integrations::{SaveSource, SourceView};
use px360_domain::organizations::HospitalChoice;
use px360_domain::{Failure, FieldFault, Locale};

use crate::ui::fields::{Checkbox, FieldSpec};

/// What the form begins with.
#[derive(Clone)]
pub(super) struct Begin {
    /// What is changed; none for a new one.
    pub(super) source: Option<SourceView>,
    /// The hospitals that it may speak for.
    pub(super) hospitals: Vec<HospitalChoice>,
    /// Whether it may speak for all of them.
    pub(super) may_write_all: bool,
}

/// What is written.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub(super) code: RwSignal<String>,
    pub(super) name: RwSignal<String>,
    pub(super) active: RwSignal<bool>,
    everywhere: RwSignal<bool>,
    hospitals: RwSignal<BTreeSet<HospitalId>>,
    pub(super) application: RwSignal<String>,
    pub(super) facility: RwSignal<String>,
    pub(super) retention: RwSignal<String>,
    pub(super) silence: RwSignal<String>,
    pub(super) failures: RwSignal<String>,
}

impl Fields {
    /// What stands there now, or what a new one begins with.
    pub(super) fn of(begin: &Begin) -> Self {
        let source = begin.source.as_ref();
        let text = |value: Option<String>| RwSignal::new(value.unwrap_or_default());
        let number = |value: Option<i32>| text(value.map(|number| number.to_string()));
        let hospitals = match (source, begin.hospitals.as_slice()) {
            (Some(source), _) => source.hospitals.iter().map(|hospital| hospital.id).collect(),
            // Whoever works in one hospital means that one.
            (None, [only]) if !begin.may_write_all => BTreeSet::from([only.id]),
            (None, _) => BTreeSet::new(),
        };
        let percent = source.and_then(|source| source.failure_percent_max);
        Self {
            code: text(source.map(|source| source.code.clone())),
            name: text(source.map(|source| source.name.clone())),
            active: RwSignal::new(source.is_none_or(|source| source.active)),
            everywhere: RwSignal::new(source.is_some_and(|source| source.hospitals.is_empty())),
            hospitals: RwSignal::new(hospitals),
            application: text(source.and_then(|source| source.sending_application.clone())),
            facility: text(source.and_then(|source| source.sending_facility.clone())),
            retention: number(source.and_then(|source| source.retention_days)),
            silence: number(source.and_then(|source| source.silence_minutes_max)),
            failures: number(percent.map(i32::from)),
        }
    }

    /// What the form says; every field that says nothing of use is named.
    pub(super) fn read(self, begin: &Begin) -> Result<SaveSource, Failure> {
        let everywhere = self.everywhere.get_untracked();
        let hospitals = self.hospitals.get_untracked();
        let mut faults = Vec::new();
        // To the server none means all, which nobody says by forgetting something.
        if !everywhere && hospitals.is_empty() {
            faults.push(FieldFault::new("hospital_ids", "required"));
        }
        let retention_days = number("retention_days", self.retention, &mut faults);
        let silence_minutes_max = number("silence_minutes_max", self.silence, &mut faults);
        let failure_percent_max = number("failure_percent_max", self.failures, &mut faults);
        Failure::unless_empty(faults)?;
        let source = begin.source.as_ref();
        Ok(SaveSource {
            code: source.map_or_else(|| trimmed(self.code), |source| source.code.clone()),
            name: trimmed(self.name),
            active: self.active.get_untracked(),
            hospital_ids: hospitals.into_iter().filter(|_| !everywhere).collect(),
            sending_application: Some(trimmed(self.application)).filter(|text| !text.is_empty()),
            sending_facility: Some(trimmed(self.facility)).filter(|text| !text.is_empty()),
            retention_days,
            silence_minutes_max,
            failure_percent_max,
            lock_version: source.map(|source| source.lock_version),
        })
    }
}

fn trimmed(text: RwSignal<String>) -> String {
    text.read_untracked().trim().to_owned()
}

/// The number that a field holds, in any digits that people type here; none when it is empty.
fn number<T: FromStr>(
    field: &str,
    text: RwSignal<String>,
    faults: &mut Vec<FieldFault>,
) -> Option<T> {
    let digits = fold_digits(&text.read_untracked());
    let digits = digits.trim();
    if digits.is_empty() {
        return None;
    }
    let number: Option<T> = digits.parse().ok();
    if number.is_none() {
        faults.push(FieldFault::new(field, "out_of_range"));
    }
    number
}

/// The hospitals that it speaks for: all of them, or those that are ticked.
pub(super) fn hospitals(
    locale: Locale,
    begin: &Begin,
    fields: Fields,
    fault: Signal<Option<String>>,
) -> AnyView {
    let (chosen, everywhere) = (fields.hospitals, fields.everywhere);
    let known = begin.hospitals.clone();
    let boxes = known.into_iter().map(|hospital| tick(locale, hospital, chosen)).collect_view();
    let all = begin.may_write_all.then(|| {
        let label = text!(locale, common.all_hospitals);
        view! { <Checkbox id="source-everywhere" label=label value=everywhere/> }
    });
    let controls = view! {
        {all}
        <div hidden=move || everywhere.get()>{boxes}</div>
    };
    FieldSpec::new("source-hospitals", text!(locale, integrations.hospitals))
        .hint(text!(locale, integrations.hospitals_hint))
        .fault(fault)
        .around_group(controls.into_any())
}

fn tick(
    locale: Locale,
    hospital: HospitalChoice,
    chosen: RwSignal<BTreeSet<HospitalId>>,
) -> AnyView {
    let (id, name) = (hospital.id, hospital.name.pick(locale).to_owned());
    view! {
        <label class="check">
            <input
                r#type="checkbox"
                prop:checked=move || chosen.read().contains(&id)
                on:change:target=move |ev| {
                    let is_on = ev.target().checked();
                    chosen.update(|chosen| {
                        if is_on {
                            chosen.insert(id);
                        } else {
                            chosen.remove(&id);
                        }
                    });
                }
            />
            <bdi>{name}</bdi>
        </label>
    }
    .into_any()
}
