//! What was typed, read as what a field may hold.

use chrono::{NaiveDate, NaiveTime};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Field, Form};
use crate::contact::{DialNumber, EmailAddress, PhoneNumber, fold_digits};

/// The most letters of a code.
pub const CODE_CHARS_MAX: usize = 60;
/// The most letters of an identity document's number.
pub const ID_CHARS_MAX: usize = 40;
/// The most rows in one field.
pub const ROWS_MAX: usize = 100;

/// Reads a value as REST sends it; the code of what is wrong otherwise. `Null` means empty.
pub(super) fn parse(field: &Field, value: &Value) -> Result<Value, &'static str> {
    match (field.form, value) {
        (Form::Flag, Value::Bool(_)) | (Form::Degrees(..), Value::Number(_)) => {
            in_range(field.form, value.clone())
        }
        (_, Value::Null) => Ok(Value::Null),
        (Form::Rows(_), Value::Array(rows)) if rows.len() > ROWS_MAX => Err("too_many"),
        (Form::Rows(_), Value::Array(_)) => Ok(value.clone()),
        (Form::Rows(_) | Form::Flag | Form::Degrees(..), _) => Err("malformed"),
        (_, Value::String(text)) => parse_text(field, text),
        _ => Err("malformed"),
    }
}

/// Reads a value as people type it and as files hold it; empty text means empty.
///
/// # Errors
/// The code of what is wrong with it.
pub fn parse_text(field: &Field, text: &str) -> Result<Value, &'static str> {
    // A password may begin and end with whatever it likes.
    let text = if field.form == Form::Secret { text } else { text.trim() };
    if text.is_empty() {
        return Ok(Value::Null);
    }
    // Postgres keeps no such letter.
    if text.contains('\0') {
        return Err("malformed");
    }
    match field.form {
        Form::Text(chars_max) if text.chars().count() > usize::from(chars_max) => Err("too_long"),
        Form::Text(_) | Form::Secret => Ok(json!(text)),
        Form::Code => code(text).map(Value::String),
        Form::Email => match EmailAddress::parse(text) {
            Ok(address) => Ok(json!(address.as_str())),
            Err(fault) => Err(fault.code()),
        },
        Form::Phone => match PhoneNumber::parse(text) {
            Ok(number) => Ok(json!(number.as_str())),
            Err(fault) => Err(fault.code()),
        },
        Form::Dial => match DialNumber::parse(text) {
            Ok(number) => Ok(json!(number.as_str())),
            Err(fault) => Err(fault.code()),
        },
        Form::IdNumber => id_number(text).map(Value::String),
        Form::Day => day(text).map(|day| json!(day.to_string())),
        Form::Time => time(text).map(Value::String),
        Form::Flag => flag(text).map(Value::Bool),
        Form::Choice(words) => {
            let word = text.to_lowercase();
            words
                .iter()
                .find(|known| **known == word || **known == text)
                .map_or_else(|| Err("unknown_word"), |known| Ok(json!(known)))
        }
        Form::Degrees(..) => match fold_digits(text).replace('٫', ".").parse::<f64>() {
            Ok(degrees) if degrees.is_finite() => in_range(field.form, json!(degrees)),
            _ => Err("malformed"),
        },
        Form::Ref(_) => Uuid::parse_str(text).map(|id| json!(id)).map_err(|_no_id| "malformed"),
        Form::Rows(_) => Err("malformed"),
    }
}

fn in_range(form: Form, value: Value) -> Result<Value, &'static str> {
    match (form, value.as_f64()) {
        (Form::Degrees(min, max), Some(degrees)) if !(min..=max).contains(&degrees) => {
            Err("out_of_range")
        }
        _ => Ok(value),
    }
}

fn code(text: &str) -> Result<String, &'static str> {
    let text = fold_digits(text);
    let allowed = |c: char| c.is_alphanumeric() || "._-/@+".contains(c);
    match text.chars().count() {
        count if count > CODE_CHARS_MAX => Err("too_long"),
        _ if text.chars().all(allowed) => Ok(text),
        _ => Err("invalid"),
    }
}

/// Letters and digits only, in capitals: how machines print passports and permits.
fn id_number(text: &str) -> Result<String, &'static str> {
    let number: String =
        fold_digits(text).chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if number.chars().count() > ID_CHARS_MAX {
        Err("too_long")
    } else if number.is_empty() || !number.chars().all(char::is_alphanumeric) {
        Err("national_id_invalid")
    } else {
        Ok(number.to_uppercase())
    }
}

/// `2026-11-25`, or `25/11/2026` as files from Saudi hospitals have it.
fn day(text: &str) -> Result<NaiveDate, &'static str> {
    let text = fold_digits(text);
    let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d")
        .or_else(|_other| NaiveDate::parse_from_str(&text, "%d/%m/%Y"))
        .map_err(|_no_day| "malformed")?;
    let first = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default();
    let last = NaiveDate::from_ymd_opt(2200, 1, 1).unwrap_or_default();
    if (first..last).contains(&day) { Ok(day) } else { Err("out_of_range") }
}

/// `08:30`, as clocks of 24 hours show it.
fn time(text: &str) -> Result<String, &'static str> {
    let time =
        NaiveTime::parse_from_str(&fold_digits(text), "%H:%M").map_err(|_no_time| "malformed")?;
    Ok(time.format("%H:%M").to_string())
}

fn flag(text: &str) -> Result<bool, &'static str> {
    match text.to_lowercase().as_str() {
        "true" | "1" | "yes" | "نعم" => Ok(true),
        "false" | "0" | "no" | "لا" => Ok(false),
        _ => Err("malformed"),
    }
}
