//! HL7 v2: the messages of hospital systems, and how they are acknowledged.

mod ack;
mod er7;
mod patient;
mod time;
mod visit;

use std::collections::BTreeSet;

use super::reading::Findings;
use crate::FieldFault;
use crate::integrations::{CODE_CHARS_MAX, EventMessage, is_about_a_person};

pub use ack::{Verdict, acknowledge};
use er7::Message;

/// Codes of faults for which a message is rejected, whatever it says: HL7's AR.
pub const REJECTED: [&str; 4] =
    ["header_unreadable", "message_type_unknown", "not_for_production", "version_unknown"];

/// Reads a message. `wanted` are the fields that conditions look at.
///
/// # Errors
/// Every fault by its place (`PID-3`): `header_unreadable`, `message_type_unknown`, `not_for_production`,
/// `version_unknown`, `required`, `too_long`, `time_invalid`. What cannot be used of a patient is no fault:
/// hospitals send what they have.
pub fn read(text: &str, wanted: &BTreeSet<String>) -> Result<EventMessage, Vec<FieldFault>> {
    let Some(message) = Message::read(text) else {
        return Err(vec![FieldFault::new("MSH", "header_unreadable")]);
    };
    let mut reader = Reader { message, found: Findings::default() };
    let event = reader.event(wanted);
    reader.found.finish(event)
}

/// The control id of a message, as far as it can be told.
pub fn control_id(text: &str) -> Option<String> {
    let id = Message::read(text)?.segment("MSH").field(10).value()?;
    Some(id.chars().take(CODE_CHARS_MAX).collect())
}

/// The application and the facility that a message says it comes from.
pub fn sender(text: &str) -> Option<(String, String)> {
    let header = Message::read(text)?.segment("MSH");
    Some((header.field(3).value().unwrap_or_default(), header.field(4).value().unwrap_or_default()))
}

/// Takes the text of a request or a file apart into its messages; batch and file envelopes are left out.
pub fn split(text: &str) -> Vec<String> {
    let mut messages: Vec<String> = Vec::new();
    let text = text.trim_start_matches('\u{feff}');
    for line in text.split(['\r', '\n']).filter(|line| !line.trim().is_empty()) {
        let name = line.trim_start().get(..3);
        match name {
            Some("FHS" | "BHS" | "BTS" | "FTS") => {}
            Some("MSH") => messages.push(format!("{}\r", line.trim_start())),
            _ => match messages.last_mut() {
                Some(message) => {
                    message.push_str(line);
                    message.push('\r');
                }
                // What stands before the first header is no message, and nobody's.
                None => messages.push(format!("{line}\r")),
            },
        }
    }
    messages
}

/// Collects faults while reading.
struct Reader<'a> {
    message: Message<'a>,
    found: Findings,
}

impl Reader<'_> {
    fn event(&mut self, wanted: &BTreeSet<String>) -> Option<EventMessage> {
        let header = self.message.segment("MSH");
        let control_id = self.found.required("MSH-10", header.field(10).value());
        let code = header.field(9).first().component(2).value();
        let code = code.or_else(|| self.message.segment("EVN").field(1).value());
        let code = match code {
            Some(code) => self.found.required("MSH-9", Some(code)),
            None => self.found.fault("MSH-9", "message_type_unknown"),
        };
        if header.field(11).value().is_some_and(|id| !id.eq_ignore_ascii_case("P")) {
            self.found.fault::<()>("MSH-11", "not_for_production");
        }
        if header.field(12).value().is_some_and(|version| !version.starts_with('2')) {
            self.found.fault::<()>("MSH-12", "version_unknown");
        }
        let facility = header.field(4).value();
        let hospital = facility.clone().or_else(|| self.message.at("PV1-3.4"));
        let hospital = self.found.required("MSH-4", hospital);
        let occurred_at = self.occurred_at();
        let patient = self.patient();
        let code = code?;
        let about_a_person = is_about_a_person(&code);
        let encounter_id = self.encounter();
        if encounter_id.is_none() && !about_a_person {
            self.found.fault::<()>("PV1-19", "required");
        }
        let occurred_at = occurred_at?;
        let told =
            if about_a_person { Vec::new() } else { vec![self.told(&code, occurred_at, wanted)] };
        Some(EventMessage {
            source_event_id: control_id?,
            facility: facility.unwrap_or_default(),
            occurred_at,
            encounter_id: encounter_id.filter(|_| !about_a_person),
            hospital: hospital?,
            told,
            patient: patient?,
            prior_mrns: if matches!(code.as_str(), "A40" | "A47") {
                self.prior_mrns()
            } else {
                Vec::new()
            },
            consent: None,
            deceased: self.deceased(),
            warnings: Vec::new(),
            event_code: code,
        })
    }
}

#[cfg(test)]
mod tests;
