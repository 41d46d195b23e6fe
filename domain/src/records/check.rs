//! Whether what somebody wants to keep makes sense.

use serde_json::{Map, Value};

use super::hours::office_hours;
use super::{Field, Form, RecordKind, parse::parse};
use crate::FieldFault;
use crate::contact::{NationalId, NationalIdKind};
use crate::organizations::IdKind;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// A new record.
    Create,
    /// Everything of a record; what is not named becomes empty.
    Replace,
    /// What is named; the rest stays.
    Change,
}

/// Reads what somebody sent for a record, in its one spelling; every fault at once otherwise.
///
/// For [`Writing::Change`] give what holds so far as `before`, because some rules look at two
/// fields. The answer then holds the named fields only.
///
/// # Errors
/// One [`FieldFault`] for each fault; rows name theirs `mrns.0.mrn`.
pub fn check(
    kind: RecordKind,
    sent: &Map<String, Value>,
    writing: Writing,
    before: &Map<String, Value>,
) -> Result<Map<String, Value>, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut read = Map::new();
    for name in sent.keys().filter(|name| kind.field(name).is_none()) {
        faults.push(FieldFault::new(name, "unknown_field"));
    }
    for field in kind.fields() {
        let given = sent.get(field.name);
        if field.derived || (field.fixed && writing != Writing::Create) {
            refuse_change(field, given, before, &mut faults);
        } else if given.is_some() || writing != Writing::Change {
            let value = read_field(field, given.unwrap_or(&Value::Null), "", &mut faults);
            read.insert(field.name.to_owned(), value);
        }
    }
    let mut whole = before.clone();
    whole.extend(read.clone());
    let faulty: Vec<String> = faults.iter().map(|fault| fault.field.clone()).collect();
    faults.extend(rules(kind, &whole).into_iter().filter(|new| !faulty.contains(&new.field)));
    if faults.is_empty() { Ok(read) } else { Err(faults) }
}

/// What cannot be written may be sent back as it is, so that scripts can send what they got.
fn refuse_change(
    field: &Field,
    given: Option<&Value>,
    before: &Map<String, Value>,
    faults: &mut Vec<FieldFault>,
) {
    let same = given.is_none_or(|given| before.get(field.name) == Some(given));
    if !same {
        faults.push(FieldFault::new(field.name, "read_only"));
    }
}

fn read_field(field: &Field, given: &Value, path: &str, faults: &mut Vec<FieldFault>) -> Value {
    let name = format!("{path}{}", field.name);
    // What is yes or no is no unless somebody says yes; only `active` begins with yes.
    if field.form == Form::Flag && given.is_null() {
        return Value::Bool(field.name == "active");
    }
    let value = match parse(field, given) {
        Ok(value) => value,
        Err(code) => {
            faults.push(FieldFault::new(&name, code));
            return Value::Null;
        }
    };
    match (field.form, value) {
        (Form::Rows(fields), value) => {
            let rows = read_rows(field, fields, &value, &name, faults);
            let is_unsaid =
                field.name == "working_hours" && rows.as_array().is_some_and(Vec::is_empty);
            if is_unsaid { office_hours() } else { rows }
        }
        (_, Value::Null) if field.required => {
            faults.push(FieldFault::new(&name, "required"));
            Value::Null
        }
        // The tables know no empty words, but for these.
        (Form::Text(_), Value::Null) if is_never_null(field.name) => Value::String(String::new()),
        (Form::Choice(words), Value::Null) => default_word(field.name, words),
        (_, value) => value,
    }
}

fn is_never_null(name: &str) -> bool {
    name.ends_with("_ar") || name.ends_with("_en")
}

/// What goes without saying. A preference that nobody has is none.
fn default_word(name: &str, words: &[&str]) -> Value {
    let word = match name {
        "preferred_channel" | "preferred_time" | "id_kind" => return Value::Null,
        "sex" => "unknown",
        "consent" => "not_asked",
        _ => words.first().copied().unwrap_or_default(),
    };
    Value::String(word.to_owned())
}

fn read_rows(
    field: &Field,
    fields: &[Field],
    value: &Value,
    name: &str,
    faults: &mut Vec<FieldFault>,
) -> Value {
    let rows = value.as_array().map(Vec::as_slice).unwrap_or_default();
    if rows.is_empty() && field.required {
        faults.push(FieldFault::new(name, "required"));
    }
    let mut read = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let path = format!("{name}.{at}.");
        let Some(row) = row.as_object() else {
            faults.push(FieldFault::new(path.trim_end_matches('.'), "malformed"));
            continue;
        };
        for unknown in row.keys().filter(|key| !fields.iter().any(|field| field.name == **key)) {
            faults.push(FieldFault::new(&format!("{path}{unknown}"), "unknown_field"));
        }
        let values = fields.iter().map(|field| {
            let given = row.get(field.name).unwrap_or(&Value::Null);
            (field.name.to_owned(), read_field(field, given, &path, faults))
        });
        let row = Value::Object(values.collect());
        if read.contains(&row) {
            faults.push(FieldFault::new(path.trim_end_matches('.'), "twice"));
        }
        read.push(row);
    }
    Value::Array(read)
}

/// Rules that look at more than one field.
fn rules(kind: RecordKind, whole: &Map<String, Value>) -> Vec<FieldFault> {
    let text = |name: &str| whole.get(name).and_then(Value::as_str).unwrap_or_default();
    let mut faults = Vec::new();
    if text("name_ar").is_empty() && text("name_en").is_empty() {
        faults.push(FieldFault::new("name_ar", "required"));
    }
    faults.extend(opening_fault(whole));
    faults.extend(messages_fault(whole, ["messages_from", "messages_until"]));
    faults.extend(messages_fault(whole, ["ramadan_from", "ramadan_until"]));
    match kind {
        RecordKind::Patient => faults.extend(identity_fault(text("id_kind"), text("national_id"))),
        RecordKind::Physician => faults.extend(period_faults(whole)),
        RecordKind::Hospital
            if whole.get("latitude").is_none_or(Value::is_null)
                != whole.get("longitude").is_none_or(Value::is_null) =>
        {
            faults.push(FieldFault::new("longitude", "half_a_place"));
        }
        _ => {}
    }
    faults
}

/// A number and what kind of document it is on go together; only the kingdom's own numbers have a
/// check digit (facts 3.6).
fn identity_fault(kind: &str, number: &str) -> Option<FieldFault> {
    if kind.is_empty() && number.is_empty() {
        return None;
    }
    let Ok(kind) = kind.parse::<IdKind>() else {
        return Some(FieldFault::new("id_kind", "required"));
    };
    if number.is_empty() {
        return Some(FieldFault::new("national_id", "required"));
    }
    let digits = number.chars().all(|c| c.is_ascii_digit());
    let known = NationalId::parse(number).map(|id| id.kind());
    let right = match kind {
        IdKind::NationalId => known == Ok(NationalIdKind::Citizen),
        IdKind::Iqama => known == Ok(NationalIdKind::Resident),
        IdKind::BorderNumber => digits && number.len() == 10 && number.starts_with(['3', '4', '5']),
        IdKind::GccId => digits && (8..=15).contains(&number.len()),
        IdKind::Passport => (5..=20).contains(&number.len()),
    };
    (!right).then(|| FieldFault::new("national_id", "national_id_invalid"))
}

/// Messages go out from one time to a later one of the same day, or at any time.
fn messages_fault(
    whole: &Map<String, Value>,
    [from_field, until_field]: [&str; 2],
) -> Option<FieldFault> {
    let time = |name: &str| whole.get(name).and_then(Value::as_str);
    match (time(from_field), time(until_field)) {
        (Some(_), None) => Some(FieldFault::new(until_field, "required")),
        (None, Some(_)) => Some(FieldFault::new(from_field, "required")),
        // Times in this spelling are ordered like their text.
        (Some(from), Some(until)) if until <= from => {
            Some(FieldFault::new(until_field, "before_from"))
        }
        _ => None,
    }
}

/// A place closes no sooner than it opens.
fn opening_fault(whole: &Map<String, Value>) -> Option<FieldFault> {
    let day = |name: &str| whole.get(name).and_then(Value::as_str);
    // Days in this spelling are ordered like their text.
    let (opened, closed) = (day("opened_on")?, day("closed_on")?);
    (closed < opened).then(|| FieldFault::new("closed_on", "before_from"))
}

fn period_faults(whole: &Map<String, Value>) -> Vec<FieldFault> {
    let rows = whole.get("affiliations").and_then(Value::as_array);
    let rows = rows.map(Vec::as_slice).unwrap_or_default().iter().enumerate();
    rows.filter(|(_, row)| {
        // Days in this spelling are ordered like their text.
        let (from, until) = (row["from_on"].as_str(), row["until_on"].as_str());
        from.zip(until).is_some_and(|(from, until)| until < from)
    })
    .map(|(at, _)| FieldFault::new(&format!("affiliations.{at}.until_on"), "before_from"))
    .collect()
}
