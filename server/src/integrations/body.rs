//! One object, an array or NDJSON: three shapes of the same request.

use px360_domain::Failure;
use px360_domain::integrations::EVENTS_MAX;
use serde_json::value::RawValue;

use crate::error::Result;

/// One message of a request, exactly as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawEvent(pub String);

/// Takes a request apart into its messages.
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
        None => return Err(Failure::invalid("body", "no_events").into()),
        Some(b'[') => array(text)?,
        Some(_) => object_or_lines(text)?,
    };
    match events.len() {
        0 => Err(Failure::invalid("body", "no_events").into()),
        n if n > EVENTS_MAX => Err(Failure::invalid("body", "too_many_events").into()),
        _ => Ok(events),
    }
}

fn array(text: &str) -> Result<Vec<RawEvent>> {
    let items: Vec<&RawValue> =
        serde_json::from_str(text).map_err(|_unreadable| Failure::malformed("malformed_json"))?;
    Ok(items.into_iter().map(|item| RawEvent(item.get().to_owned())).collect())
}

fn object_or_lines(text: &str) -> Result<Vec<RawEvent>> {
    if serde_json::from_str::<&RawValue>(text).is_ok() {
        return Ok(vec![RawEvent(text.to_owned())]);
    }
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    let first_is_complete =
        lines.peek().is_some_and(|line| serde_json::from_str::<&RawValue>(line).is_ok());
    if !first_is_complete {
        return Err(Failure::malformed("malformed_json").into());
    }
    Ok(lines.map(|line| RawEvent(line.to_owned())).collect())
}
