//! How a message is acknowledged.

use crate::FieldFault;
use chrono::{DateTime, Utc};

use super::REJECTED;
use super::er7::{Message, escape};

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// AA: it is stored, now or before.
    Accepted,
    /// AE: its content is wrong; it has to be mended before it is sent again.
    Wrong(Vec<FieldFault>),
    /// AR: it cannot be taken as it is, or not now.
    Rejected(Vec<FieldFault>),
}

impl Verdict {
    /// The verdict about a message with these faults: of the envelope, or of the content.
    pub fn of(faults: Vec<FieldFault>) -> Self {
        if faults.is_empty() {
            Self::Accepted
        } else if faults.iter().any(|fault| REJECTED.contains(&&*fault.code)) {
            Self::Rejected(faults)
        } else {
            Self::Wrong(faults)
        }
    }

    fn code(&self, is_enhanced: bool) -> &'static str {
        match (self, is_enhanced) {
            (Self::Accepted, false) => "AA",
            (Self::Wrong(_), false) => "AE",
            (Self::Rejected(_), false) => "AR",
            (Self::Accepted, true) => "CA",
            (Self::Wrong(_), true) => "CE",
            (Self::Rejected(_), true) => "CR",
        }
    }

    fn faults(&self) -> &[FieldFault] {
        match self {
            Self::Accepted => &[],
            Self::Wrong(faults) | Self::Rejected(faults) => faults,
        }
    }
}

/// The acknowledgement of a message, in ER7; none when the sender wants none (MSH-15).
///
/// A header that names when it wants to be acknowledged is of the enhanced mode, and hears CA, CE or CR.
pub fn acknowledge(
    text: &str,
    verdict: &Verdict,
    (id, now): (&str, DateTime<Utc>),
) -> Option<String> {
    let message = Message::read(text);
    let field = |number: usize| {
        message
            .as_ref()
            .and_then(|message| message.segment("MSH").field(number).value())
            .unwrap_or_default()
    };
    let wants = field(15);
    let is_enhanced = !wants.is_empty() || !field(16).is_empty();
    let is_accepted = *verdict == Verdict::Accepted;
    match wants.as_str() {
        "NE" => return None,
        "ER" if is_accepted => return None,
        "SU" if !is_accepted => return None,
        _ => {}
    }
    let trigger = message.as_ref().and_then(|message| message.at("MSH-9.2")).unwrap_or_default();
    let kind = match trigger.as_str() {
        "" => "ACK".to_owned(),
        trigger => format!("ACK^{}^ACK", escape(trigger)),
    };
    let version = match field(12) {
        version if version.starts_with('2') => escape(&version),
        _ => "2.5.1".to_owned(),
    };
    let mut ack = format!(
        "MSH|^~\\&|PX360|{}|{}|{}|{}||{kind}|{id}|P|{version}||||||UNICODE UTF-8\rMSA|{}|{}\r",
        escape(&field(6)),
        escape(&field(3)),
        escape(&field(4)),
        now.format("%Y%m%d%H%M%S+0000"),
        verdict.code(is_enhanced),
        escape(&field(10)),
    );
    for fault in verdict.faults() {
        let (segment, place) = fault.field.split_once('-').unwrap_or((&fault.field, ""));
        // ERR-2 says where, ERR-3 what in HL7's words, ERR-7 and ERR-8 in ours.
        let location = format!("{}^1^{}", escape(segment), escape(place));
        ack.push_str(&format!(
            "ERR||{location}|{}|E|||{}\r",
            condition(&fault.code),
            escape(&format!("{}: {}", fault.field, fault.code)),
        ));
    }
    Some(ack)
}

/// HL7 table 0357.
fn condition(code: &str) -> &'static str {
    match code {
        "required" => "101^Required field missing^HL70357",
        "time_invalid" | "date_invalid" | "too_long" | "not_text" => "102^Data type error^HL70357",
        "header_unreadable" => "100^Segment sequence error^HL70357",
        "message_type_unknown" => "200^Unsupported message type^HL70357",
        "not_for_production" => "202^Unsupported processing id^HL70357",
        "version_unknown" => "203^Unsupported version id^HL70357",
        "unknown_hospital" => "204^Unknown key identifier^HL70357",
        "payload_differs" => "205^Duplicate key identifier^HL70357",
        _ => "207^Application internal error^HL70357",
    }
}
