//! Entries as rows of a table that spreadsheets open.

use chrono::SecondsFormat;
use px360_domain::Locale;
use px360_domain::audit::AuditEvent;

/// What the columns are called.
pub(super) fn header(locale: Locale) -> Vec<String> {
    let names = match locale {
        Locale::Ar => include_str!("header.ar.csv"),
        Locale::En => include_str!("header.en.csv"),
    };
    names.trim_end().split(',').map(str::to_owned).collect()
}

/// One entry; the hospital by its name in this language.
pub(super) fn row(event: &AuditEvent, locale: Locale) -> Vec<String> {
    let hospital = event.hospital.as_ref().map_or("", |name| name.pick(locale));
    vec![
        event.id.to_string(),
        event.at.to_rfc3339_opts(SecondsFormat::Micros, true),
        event.actor_kind.clone(),
        event.actor.clone(),
        event.action.clone(),
        event.entity.clone(),
        event.entity_id.clone(),
        hospital.to_owned(),
        event.outcome.to_string(),
        event.detail.to_string(),
        event.ip.clone().unwrap_or_default(),
        event.user_agent.clone().unwrap_or_default(),
        event.request_id.clone(),
        event.lane.to_string(),
        event.position.to_string(),
    ]
}
