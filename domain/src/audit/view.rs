//! An entry as a page shows it: its detail taken apart into lines.
//!
//! A detail is JSON of any shape, and what our pages read has no names (ADR 0018). So the server takes
//! it apart, and the page gets lines of text.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{AuditEvent, Outcome};
use crate::Bilingual;

/// The most lines that a page gets of one entry; the export has all of them.
pub const LINES_MAX: usize = 100;
/// The most characters that a page gets of one value.
pub const VALUE_CHARS_MAX: usize = 500;

/// What stands in a detail about fields that changed.
const CHANGES: &str = "changes";

/// One page of the audit log, for a page of ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLines {
    /// The entries, newest first.
    pub items: Vec<AuditLine>,
    /// Give back as `cursor` for the next page.
    pub next_cursor: Option<String>,
    /// When it was read.
    #[serde(with = "crate::compact::instant")]
    pub as_of: DateTime<Utc>,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// Its number.
    pub id: i64,
    /// Its chain.
    pub lane: i16,
    /// Which link of the chain it is.
    pub position: i64,
    /// When.
    #[serde(with = "crate::compact::instant")]
    pub at: DateTime<Utc>,
    /// `user`, `source`, `patient`, `system` or `anonymous`.
    pub actor_kind: String,
    /// Which one of these.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// The glossary's word for the thing.
    pub entity: String,
    /// Which one.
    pub entity_id: String,
    /// Whose tenant, where it belongs to one.
    pub hospital: Option<Bilingual>,
    /// How it ended.
    pub outcome: Outcome,
    /// The address of the client.
    pub ip: Option<String>,
    /// What the client said it was.
    pub user_agent: Option<String>,
    /// The id under which the log tells more.
    pub request_id: String,
    /// What changed, field by field.
    pub changes: Vec<AuditChange>,
    /// What else was said.
    pub facts: Vec<AuditFact>,
    /// Whether more was said than fits here.
    pub cut: bool,
}

/// One field that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditChange {
    /// Which field: `name`, or `name.ar` within one.
    pub path: String,
    /// What it was; none for nothing.
    pub from: Option<String>,
    /// What it is now; none for nothing.
    pub to: Option<String>,
}

/// One thing that was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFact {
    /// Which one: `count`, or `rule.id` within one.
    pub path: String,
    /// What was said; none for nothing.
    pub value: Option<String>,
}

impl From<AuditEvent> for AuditLine {
    fn from(event: AuditEvent) -> Self {
        let mut detail = event.detail;
        let mut changes = take_changes(&mut detail);
        let mut facts = facts(&detail);
        let cut = changes.len() > LINES_MAX || facts.len() > LINES_MAX;
        changes.truncate(LINES_MAX);
        facts.truncate(LINES_MAX);
        Self {
            id: event.id,
            lane: event.lane,
            position: event.position,
            at: event.at,
            actor_kind: event.actor_kind,
            actor: event.actor,
            action: event.action,
            entity: event.entity,
            entity_id: event.entity_id,
            hospital: event.hospital,
            outcome: event.outcome,
            ip: event.ip,
            user_agent: event.user_agent,
            request_id: event.request_id,
            changes,
            facts,
            cut,
        }
    }
}

/// Takes `changes` out, if every one of them has its two sides; else it is a fact like any other.
fn take_changes(detail: &mut Value) -> Vec<AuditChange> {
    let Some(Value::Object(fields)) = detail.get(CHANGES) else { return Vec::new() };
    let mut changes = Vec::new();
    for (field, change) in fields {
        let Some((from, to)) = sides(change) else { return Vec::new() };
        compare(field, from, to, &mut changes);
    }
    if let Value::Object(said) = detail {
        said.remove(CHANGES);
    }
    changes
}

fn sides(change: &Value) -> Option<(&Value, &Value)> {
    let change = change.as_object().filter(|change| change.len() == 2)?;
    Some((change.get("from")?, change.get("to")?))
}

/// Goes into objects on either side, so that of an object only what differs is shown.
fn compare(path: &str, from: &Value, to: &Value, into: &mut Vec<AuditChange>) {
    let none = Map::new();
    let inside = match (from, to) {
        (Value::Object(from), Value::Object(to)) => Some((from, to)),
        (Value::Object(from), Value::Null) => Some((from, &none)),
        (Value::Null, Value::Object(to)) => Some((&none, to)),
        _ => None,
    };
    let Some((from_fields, to_fields)) = inside else {
        if from != to {
            into.push(AuditChange { path: path.to_owned(), from: said(from), to: said(to) });
        }
        return;
    };
    let new = to_fields.keys().filter(|field| !from_fields.contains_key(*field));
    for field in from_fields.keys().chain(new) {
        let side = |fields: &Map<String, Value>| fields.get(field).cloned().unwrap_or(Value::Null);
        compare(&format!("{path}.{field}"), &side(from_fields), &side(to_fields), into);
    }
}

fn facts(detail: &Value) -> Vec<AuditFact> {
    let mut facts = Vec::new();
    collect("", detail, &mut facts);
    facts
}

fn collect(path: &str, value: &Value, into: &mut Vec<AuditFact>) {
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                let path = if path.is_empty() { field.clone() } else { format!("{path}.{field}") };
                collect(&path, value, into);
            }
        }
        value => into.push(AuditFact { path: path.to_owned(), value: said(value) }),
    }
}

/// A value as text: words as they are, several with commas between them, all else as JSON.
fn said(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        Value::Array(values)
            if values.iter().all(|value| !value.is_object() && !value.is_array()) =>
        {
            let words = values.iter().map(|value| said(value).unwrap_or_default());
            words.collect::<Vec<_>>().join(", ")
        }
        value => value.to_string(),
    };
    Some(match text.char_indices().nth(VALUE_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    type Changes = Vec<(String, String, String)>;
    type Facts = Vec<(String, String)>;

    fn taken_apart(detail: Value) -> (Changes, Facts) {
        let mut detail = detail;
        let changes = take_changes(&mut detail);
        let text = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        (
            changes.into_iter().map(|it| (it.path, text(it.from), text(it.to))).collect(),
            facts(&detail).into_iter().map(|it| (it.path, text(it.value))).collect(),
        )
    }

    fn strings<const N: usize>(words: [&str; N]) -> [String; N] {
        words.map(str::to_owned)
    }

    #[test]
    fn a_change_shows_what_differs_and_nothing_else() {
        let (changes, facts) = taken_apart(json!({
            "reason": "asked",
            "changes": {
                "name": { "from": { "ar": "أ", "en": "A" }, "to": { "ar": "أ", "en": "B" } },
                "roles": { "from": ["nurse"], "to": ["nurse", "viewer"] },
                "phone": { "from": "1", "to": null },
                "address": { "from": null, "to": { "city": "Riyadh" } },
                "active": { "from": true, "to": false },
            },
        }));
        let expected: [(String, String, String); 5] = [
            ["active", "true", "false"],
            ["address.city", "-", "Riyadh"],
            ["name.en", "A", "B"],
            ["phone", "1", "-"],
            ["roles", "nurse", "nurse, viewer"],
        ]
        .map(|row| strings(row).into());
        assert_eq!(changes, expected);
        assert_eq!(facts, [("reason".to_owned(), "asked".to_owned())]);
    }

    #[test]
    fn whatever_else_was_said_is_shown_as_facts() {
        let (changes, facts) = taken_apart(json!({
            "count": 3, "rule": { "id": "R1", "severe": null }, "changes": { "x": 1 }, "list": [[1]],
        }));
        assert_eq!(changes, []);
        let expected: [(String, String); 5] = [
            ["changes.x", "1"],
            ["count", "3"],
            ["list", "[[1]]"],
            ["rule.id", "R1"],
            ["rule.severe", "-"],
        ]
        .map(|row| strings(row).into());
        assert_eq!(facts, expected);
        assert_eq!(taken_apart(json!({})), (vec![], vec![]));
        assert_eq!(taken_apart(json!("x")).1, [(String::new(), "x".to_owned())]);
    }

    #[test]
    fn long_values_are_cut_between_letters() {
        let text = said(&json!("ي".repeat(VALUE_CHARS_MAX + 1))).unwrap();
        assert_eq!(text.chars().count(), VALUE_CHARS_MAX + 1);
        assert!(text.ends_with('…'));
        assert_eq!(said(&json!("ي".repeat(VALUE_CHARS_MAX))).unwrap().chars().last(), Some('ي'));
    }

    #[test]
    fn an_entry_with_too_many_lines_says_that_it_was_cut() {
        let many: Map<String, Value> = (0..=LINES_MAX).map(|n| (n.to_string(), json!(n))).collect();
        let event = AuditEvent { detail: Value::Object(many), ..event() };
        let line = AuditLine::from(event);
        assert_eq!((line.facts.len(), line.cut), (LINES_MAX, true));
        assert!(!AuditLine::from(event_of(json!({ "one": 1 }))).cut);
    }

    fn event_of(detail: Value) -> AuditEvent {
        AuditEvent { detail, ..event() }
    }

    fn event() -> AuditEvent {
        AuditEvent {
            id: 1,
            lane: 0,
            position: 1,
            at: DateTime::UNIX_EPOCH,
            actor_kind: "system".to_owned(),
            actor: String::new(),
            action: "x.done".to_owned(),
            entity: "x".to_owned(),
            entity_id: String::new(),
            hospital: None,
            detail: Value::Null,
            outcome: Outcome::Done,
            ip: None,
            user_agent: None,
            request_id: String::new(),
        }
    }

    #[test]
    fn lines_reach_our_pages_in_the_compact_form() {
        let lines = AuditLines {
            items: vec![AuditLine::from(event_of(
                json!({ "changes": { "a": { "from": 1, "to": 2 } } }),
            ))],
            next_cursor: Some("1".to_owned()),
            as_of: DateTime::UNIX_EPOCH,
        };
        let bytes = postcard::to_allocvec(&lines).unwrap();
        assert_eq!(postcard::from_bytes::<AuditLines>(&bytes).unwrap(), lines);
    }
}
