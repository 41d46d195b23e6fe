//! Entries as rows of a table that spreadsheets open.

use chrono::SecondsFormat;
use px360_domain::Locale;
use px360_domain::audit::AuditEvent;

/// Without it, spreadsheets read Arabic as something else.
const BYTE_ORDER_MARK: char = '\u{feff}';

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
    for (place, text) in cells.into_iter().enumerate() {
        if place > 0 {
            into.push(',');
        }
        cell(text, into);
    }
    into.push_str("\r\n");
}

/// One cell (RFC 4180). What a spreadsheet would take for a formula, and somebody outside may have
/// written, becomes text by an apostrophe before it.
fn cell(text: &str, into: &mut String) {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quoted = text.contains([',', '"', '\r', '\n', '\t']);
    if quoted {
        into.push('"');
    }
    if is_formula {
        into.push('\'');
    }
    for letter in text.chars() {
        if letter == '"' {
            into.push('"');
        }
        into.push(letter);
    }
    if quoted {
        into.push('"');
    }
}
