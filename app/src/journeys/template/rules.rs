//! The rules of a stage, as sentences.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::journeys::{Condition, Operator, PatientClass, Subject, Trigger};

use super::words;
use crate::ui::numbers::{Code, isolated};

/// `Complete: A04, A05 – if the class is one of outpatient`.
pub(super) fn rule(locale: Locale, trigger: &Trigger) -> AnyView {
    let codes = trigger
        .event_codes
        .iter()
        .map(|code| view! { <Code text=code.clone()/> " " })
        .collect_view();
    let conditions = trigger
        .conditions
        .iter()
        .map(|one| view! { <li>{condition(locale, one)}</li> })
        .collect_view();
    let conditional = !trigger.conditions.is_empty();
    view! {
        <span class="rule-effect">{words::effect(locale, trigger.effect)}</span>
        " "
        <span class="rule-codes">{codes}</span>
        {conditional.then(|| view! { <ul class="rule-conditions">{conditions}</ul> })}
    }
    .into_any()
}

/// `the class is one of: outpatient, recurring`.
pub(super) fn condition(locale: Locale, condition: &Condition) -> AnyView {
    let what = match condition.subject {
        Subject::Field => isolated(&condition.path),
        subject => words::subject(locale, subject).to_owned(),
    };
    let compares = matches!(condition.operator, Operator::IsOneOf | Operator::IsNoneOf);
    let values = condition
        .values
        .iter()
        .map(|value| value_word(locale, condition.subject, value))
        .collect_view();
    view! {
        <span>{what}</span>
        " "
        <span>{words::operator(locale, condition.operator)}</span>
        {compares.then(|| view! { ": " {values} })}
    }
    .into_any()
}

fn value_word(locale: Locale, subject: Subject, value: &str) -> AnyView {
    let class = value.parse::<PatientClass>().ok().filter(|_| subject == Subject::Class);
    match class {
        Some(class) => {
            view! { <span class="rule-value">{words::class(locale, class)}</span> " " }.into_any()
        }
        None => {
            view! { <span class="rule-value"><Code text=value.to_owned()/></span> " " }.into_any()
        }
    }
}
