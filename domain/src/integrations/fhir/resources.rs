//! The resources of a message, and what refers to them.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::dates::day_begins;

/// How deep a path may go.
const DEPTH_MAX: usize = 12;

/// The resources of a message: of a bundle's entries, with what they contain.
#[derive(Clone, Debug)]
pub(super) struct Resources<'a>(Vec<(Option<&'a str>, &'a Value)>);

impl<'a> Resources<'a> {
    pub(super) fn of(value: &'a Value) -> Self {
        let entries = at(value, "entry").and_then(Value::as_array);
        let mut found: Vec<(Option<&str>, &Value)> = match entries {
            Some(entries) => entries
                .iter()
                .filter_map(|entry| {
                    Some((entry.get("fullUrl").and_then(Value::as_str), entry.get("resource")?))
                })
                .collect(),
            None => vec![(None, value)],
        };
        let contained: Vec<(Option<&str>, &Value)> = found
            .iter()
            .filter_map(|(_, resource)| resource.get("contained")?.as_array())
            .flatten()
            .map(|resource| (None, resource))
            .collect();
        found.extend(contained);
        Self(found)
    }

    /// The first resource of this type.
    pub(super) fn first(&self, kind: &str) -> Option<&'a Value> {
        self.all(kind).next()
    }

    /// The resources of this type.
    pub(super) fn all<'b>(&'b self, kind: &'b str) -> impl Iterator<Item = &'a Value> + 'b {
        self.0.iter().map(|(_, resource)| *resource).filter(move |resource| {
            resource.get("resourceType").and_then(Value::as_str) == Some(kind)
        })
    }

    /// What a reference (`Patient/7`, `#p1`, `urn:uuid:…`) leads to, where the message has it along.
    pub(super) fn referred(&self, reference: &Value) -> Option<&'a Value> {
        let address = reference.get("reference").and_then(Value::as_str)?;
        let by_url = self.0.iter().find(|(url, _)| *url == Some(address));
        if let Some((_, resource)) = by_url {
            return Some(resource);
        }
        let local = address.strip_prefix('#').unwrap_or(address);
        let (kind, id) =
            local.rsplit_once('/').map_or((None, local), |(kind, id)| (Some(kind), id));
        let kind = kind.and_then(|path| path.rsplit('/').next());
        let found = self.0.iter().find(|(_, resource)| {
            resource.get("id").and_then(Value::as_str) == Some(id)
                && kind.is_none_or(|kind| {
                    resource.get("resourceType").and_then(Value::as_str) == Some(kind)
                })
        });
        found.map(|(_, resource)| *resource)
    }

    /// The code of whoever or whatever a reference names: its identifier, the identifier of the resource that
    /// it leads to, or the last part of its address.
    pub(super) fn code(&self, reference: &Value) -> Option<String> {
        text(at(reference, "identifier.value"))
            .or_else(|| text(at(self.referred(reference)?, "identifier.0.value")))
            .or_else(|| {
                let address = reference.get("reference").and_then(Value::as_str)?;
                let last = address.rsplit(['/', '#', ':']).next()?;
                (!last.is_empty()).then(|| last.to_owned())
            })
    }
}

/// The value at a path like `period.start` or `type.0.text`.
pub(super) fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').take(DEPTH_MAX).try_fold(value, |value, part| match value {
        Value::Array(items) => items.get(part.parse::<usize>().ok()?),
        _ => value.get(part),
    })
}

/// A text with something in it; numbers and booleans as they are written.
pub(super) fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// An instant; a day alone begins at midnight in Riyadh.
pub(super) fn instant(value: Option<&Value>) -> Option<DateTime<Utc>> {
    let text = value?.as_str()?.trim();
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.with_timezone(&Utc));
    }
    day_begins(text.parse().ok()?)
}
