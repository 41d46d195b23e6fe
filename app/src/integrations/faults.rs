//! What is wrong in words: with what could not be read in a message, and with what a form says.

use leptos::prelude::*;
use px360_domain::{Failure, FieldFault, Locale};

use crate::UiError;
use crate::ui::failures;
use crate::ui::numbers::Code;

/// Each field of a message and what is wrong with it.
pub(crate) fn fault_list(locale: Locale, faults: Vec<FieldFault>) -> AnyView {
    let lines = faults
        .into_iter()
        .map(|FieldFault { field, code }| {
            let said = match word(locale, &code) {
                Some(word) => view! { <span>{word}</span> }.into_any(),
                None => view! { <Code text=code/> }.into_any(),
            };
            let field = (!field.is_empty()).then(|| view! { <Code text=field/> });
            view! { <li class="fault-line">{field} " " {said}</li> }
        })
        .collect_view();
    view! { <ul class="fault-lines">{lines}</ul> }.into_any()
}

/// The faults of a message that was rejected, as its error names them: `PID-3: required; …`.
pub(super) fn faults_of(error: &str) -> Option<Vec<FieldFault>> {
    let fault = |part: &str| {
        let (field, code) = part.split_once(": ")?;
        Some(FieldFault::new(field, code))
    };
    error.split("; ").map(fault).collect()
}

/// What no field of a form says by itself; these are the fields that do.
pub(super) fn unsaid(locale: Locale, error: Option<UiError>, shown: &[&str]) -> Option<UiError> {
    let is_said = |error: &UiError| {
        shown.iter().any(|field| failures::of_field(locale, error, field).is_some())
    };
    match error.filter(|error| !is_said(error))? {
        UiError::Refused(Failure::Conflict { code }) if code == "stale_version" => {
            Some(Failure::conflict("record_stale").into())
        }
        error => Some(error),
    }
}

/// What is wrong with a field, where we have a word for it.
fn word(locale: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "required" => text!(locale, integrations.fault_required),
        "too_long" => text!(locale, integrations.fault_too_long),
        "too_large" => text!(locale, integrations.fault_too_large),
        "not_text" => text!(locale, integrations.fault_not_text),
        "not_an_object" => text!(locale, integrations.fault_not_an_object),
        "not_a_boolean" => text!(locale, integrations.fault_not_a_boolean),
        "time_invalid" => text!(locale, integrations.fault_time),
        "date_invalid" => text!(locale, integrations.fault_date),
        "phone_invalid" => text!(locale, integrations.fault_phone),
        "email_invalid" => text!(locale, integrations.fault_email),
        "national_id_invalid" => text!(locale, integrations.fault_national_id),
        "class_unknown" => text!(locale, integrations.fault_class),
        "sex_unknown" => text!(locale, integrations.fault_sex),
        "language_unknown" => text!(locale, integrations.fault_language),
        "status_unknown" => text!(locale, integrations.fault_status),
        "version_unknown" => text!(locale, integrations.fault_version),
        "resource_unknown" => text!(locale, integrations.fault_resource),
        "message_type_unknown" => text!(locale, integrations.fault_message_type),
        "header_unreadable" => text!(locale, integrations.fault_header),
        "malformed_json" => text!(locale, integrations.fault_malformed_json),
        "charset_unknown" | "charset_wrong" => text!(locale, integrations.fault_charset),
        "unknown_hospital" => text!(locale, integrations.fault_hospital),
        "cannot_be_applied" => text!(locale, integrations.fault_cannot_be_applied),
        "not_for_production" => text!(locale, integrations.fault_not_for_production),
        _ => return None,
    })
}
