//! Entries as rows of a table that spreadsheets open.

use chrono::SecondsFormat;
use px360_domain::Locale;
use px360_domain::audit::AuditEvent;

use crate::csv::{BYTE_ORDER_MARK, write_row};

/// What the columns are called, behind the mark that says UTF-8.
pub(super) fn header(locale: Locale) -> String {
    let names = match locale {
        Locale::Ar => include_str!("header.ar.csv"),
        Locale::En => include_str!("header.en.csv"),
    };
    format!("{BYTE_ORDER_MARK}{}\r\n", names.trim_end())
}

/// One entry; the hospital by its name in this language.
pub(super) fn row(event: &AuditEvent, locale: Locale, into: &mut String) {
    let at = event.at.to_rfc3339_opts(SecondsFormat::Micros, true);
    let detail = event.detail.to_string();
    let hospital = event.hospital.as_ref().map_or("", |name| name.pick(locale));
    let (id, lane, position) =
        (event.id.to_string(), event.lane.to_string(), event.position.to_string());
    let cells: [&str; 15] = [
        &id,
        &at,
        &event.actor_kind,
        &event.actor,
        &event.action,
        &event.entity,
        &event.entity_id,
        hospital,
        event.outcome.as_str(),
        &detail,
        event.ip.as_deref().unwrap_or_default(),
        event.user_agent.as_deref().unwrap_or_default(),
        &event.request_id,
        &lane,
        &position,
    ];
    write_row(cells, into);
}
