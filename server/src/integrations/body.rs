//! A request of any format becomes its messages.

use px360_domain::integrations::{EVENTS_MAX, EventFormat, fhir, hl7};
use px360_domain::{Failure, FieldFault};
use serde_json::value::RawValue;

use super::charset;
use crate::error::Result;

/// One message of a request, as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawEvent {
    /// In which format.
    pub format: EventFormat,
    /// Its text.
    pub payload: String,
    /// Why it cannot be a message at all, when its letters cannot be read.
    pub fault: Option<FieldFault>,
}

impl RawEvent {
    /// A message of our own JSON.
    pub fn json(payload: String) -> Self {
        Self { format: EventFormat::Json, payload, fault: None }
    }

    /// A message of HL7 v2, in whatever set of characters it names.
    pub fn hl7(bytes: &[u8]) -> Self {
        let (payload, fault) = match charset::decode(bytes) {
            Ok(payload) => (payload, None),
            Err(fault) => (String::from_utf8_lossy(bytes).into_owned(), Some(fault)),
        };
        Self { format: EventFormat::Hl7v2, payload, fault }
    }
}

/// Takes JSON apart: one object, an array, or NDJSON.
///
/// NDJSON is told by its first line being complete while the whole is not one value; there, a line
/// that is no JSON is a message with a fault of its own, so that its neighbours are kept.
///
/// # Errors
/// `Malformed` with `malformed_json`; `Invalid` on the field `body` with `no_events` or
/// `too_many_events`.
pub fn split(body: &str) -> Result<Vec<RawEvent>> {
    let text = body.strip_prefix('\u{feff}').unwrap_or(body).trim();
    let events = match text.as_bytes().first() {
        None => Vec::new(),
        Some(b'[') => array(text)?,
        Some(_) => object_or_lines(text)?,
    };
    counted(events.into_iter().map(RawEvent::json).collect())
}

/// Takes a request of HL7 v2 apart: one message, several, or a batch.
///
/// # Errors
/// `Invalid` on the field `body` with `no_events` or `too_many_events`.
pub fn split_hl7(bytes: &[u8]) -> Result<Vec<RawEvent>> {
    // One set of characters for the request: the first header names it.
    let whole = RawEvent::hl7(bytes);
    let messages = hl7::split(&whole.payload).into_iter();
    counted(messages.map(|payload| RawEvent { payload, ..whole.clone() }).collect())
}

/// Takes a request of FHIR apart, and says in which shape it is answered.
///
/// # Errors
/// As [`split`].
pub fn split_fhir(body: &str) -> Result<(Vec<RawEvent>, fhir::Envelope)> {
    let (messages, envelope) = fhir::split(body)?;
    let event = |payload| RawEvent { format: EventFormat::Fhir, payload, fault: None };
    Ok((counted(messages.into_iter().map(event).collect())?, envelope))
}

fn counted(events: Vec<RawEvent>) -> Result<Vec<RawEvent>> {
    match events.len() {
        0 => Err(Failure::invalid("body", "no_events").into()),
        n if n > EVENTS_MAX => Err(Failure::invalid("body", "too_many_events").into()),
        _ => Ok(events),
    }
}

fn array(text: &str) -> Result<Vec<String>> {
    let items: Vec<&RawValue> =
        serde_json::from_str(text).map_err(|_unreadable| Failure::malformed("malformed_json"))?;
    Ok(items.into_iter().map(|item| item.get().to_owned()).collect())
}

fn object_or_lines(text: &str) -> Result<Vec<String>> {
    if serde_json::from_str::<&RawValue>(text).is_ok() {
        return Ok(vec![text.to_owned()]);
    }
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    let first_is_complete =
        lines.peek().is_some_and(|line| serde_json::from_str::<&RawValue>(line).is_ok());
    if !first_is_complete {
        return Err(Failure::malformed("malformed_json").into());
    }
    Ok(lines.map(str::to_owned).collect())
}
