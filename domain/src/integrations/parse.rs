//! Reads one JSON event and finds every fault at once.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value};

use super::{CODE_CHARS_MAX, EventMessage, NAME_CHARS_MAX, PatientMessage};
use crate::contact::{EmailAddress, NationalId, PhoneNumber};
use crate::{Bilingual, FieldFault};

/// Reads an event from JSON.
///
/// # Errors
/// Every fault, with the path of its field (`patient.mobile`) and one of the codes `not_an_object`,
/// `required`, `not_text`, `too_long`, `time_invalid`, `date_invalid`, `phone_invalid`,
/// `email_invalid`, `national_id_invalid`, `language_unknown`, `sex_unknown`, `not_a_boolean`.
pub fn parse(value: &Value) -> Result<EventMessage, Vec<FieldFault>> {
    let Value::Object(object) = value else {
        return Err(vec![FieldFault::new("", "not_an_object")]);
    };
    let mut reader = Reader { faults: Vec::new() };
    let message = reader.event(object);
    match message {
        Some(message) if reader.faults.is_empty() => Ok(message),
        _ => Err(reader.faults),
    }
}

/// Collects faults while reading; a field with a fault reads as absent.
struct Reader {
    faults: Vec<FieldFault>,
}

impl Reader {
    fn event(&mut self, object: &Map<String, Value>) -> Option<EventMessage> {
        let source_event_id = self.code(object, "source_event_id", "");
        let event_code = self.code(object, "event_code", "");
        let occurred_at = self.occurred_at(object);
        let encounter_id = self.code(object, "encounter_id", "");
        let hospital = self.code(object, "hospital", "");
        let department = self.text(object, "department", "", CODE_CHARS_MAX);
        let physician = self.text(object, "physician", "", CODE_CHARS_MAX);
        let patient = self.patient(object);
        let (consent, deceased) = self.data(object);
        Some(EventMessage {
            source_event_id: source_event_id?,
            event_code: event_code?,
            occurred_at: occurred_at?,
            encounter_id: encounter_id?,
            hospital: hospital?,
            department,
            physician,
            patient: patient?,
            consent,
            deceased,
        })
    }

    fn patient(&mut self, object: &Map<String, Value>) -> Option<PatientMessage> {
        let patient = match object.get("patient") {
            Some(Value::Object(patient)) => patient,
            None | Some(Value::Null) => return self.fault("patient", "required"),
            Some(_) => return self.fault("patient", "not_an_object"),
        };
        let mrn = self.code(patient, "mrn", "patient.");
        let national_id = self.parsed(patient, "national_id", |text| {
            NationalId::parse(text).map_err(|error| error.code())
        });
        let mobile = self.parsed(patient, "mobile", |text| {
            PhoneNumber::parse(text).map_err(|error| error.code())
        });
        let email = self.parsed(patient, "email", |text| {
            EmailAddress::parse(text).map_err(|error| error.code())
        });
        let language = self.parsed(patient, "language", |text| {
            text.parse().map_err(|_unknown| "language_unknown")
        });
        let birth_date = self.parsed(patient, "birth_date", |text| {
            text.parse::<NaiveDate>().map_err(|_unreadable| "date_invalid")
        });
        let sex = self.parsed(patient, "sex", |text| sex(text).ok_or("sex_unknown"));
        let name = Bilingual {
            ar: self.text(patient, "name_ar", "patient.", NAME_CHARS_MAX).unwrap_or_default(),
            en: self.text(patient, "name_en", "patient.", NAME_CHARS_MAX).unwrap_or_default(),
        };
        if name.ar.is_empty() && name.en.is_empty() {
            return self.fault("patient.name_ar", "required");
        }
        let mrn = mrn?;
        Some(PatientMessage { mrn, national_id, name, mobile, email, language, birth_date, sex })
    }

    fn data(&mut self, object: &Map<String, Value>) -> (Option<bool>, Option<bool>) {
        let data = match object.get("data") {
            Some(Value::Object(data)) => data,
            None | Some(Value::Null) => return (None, None),
            Some(_) => {
                self.fault::<()>("data", "not_an_object");
                return (None, None);
            }
        };
        (self.boolean(data, "consent"), self.boolean(data, "deceased"))
    }

    fn boolean(&mut self, data: &Map<String, Value>, key: &str) -> Option<bool> {
        match data.get(key) {
            None | Some(Value::Null) => None,
            Some(Value::Bool(value)) => Some(*value),
            Some(_) => self.fault(&format!("data.{key}"), "not_a_boolean"),
        }
    }

    fn occurred_at(&mut self, object: &Map<String, Value>) -> Option<DateTime<Utc>> {
        let text = self.code(object, "occurred_at", "")?;
        match DateTime::parse_from_rfc3339(&text) {
            Ok(at) => Some(at.with_timezone(&Utc)),
            Err(_unreadable) => self.fault("occurred_at", "time_invalid"),
        }
    }

    /// A code that must be there.
    fn code(&mut self, object: &Map<String, Value>, key: &str, prefix: &str) -> Option<String> {
        let before = self.faults.len();
        let text = self.text(object, key, prefix, CODE_CHARS_MAX);
        if text.is_none() && self.faults.len() == before {
            return self.fault(&format!("{prefix}{key}"), "required");
        }
        text
    }

    /// A text that may be absent; blank counts as absent. Numbers are taken as their digits,
    /// because many hospital systems send record numbers that way.
    fn text(
        &mut self,
        object: &Map<String, Value>,
        key: &str,
        prefix: &str,
        chars_max: usize,
    ) -> Option<String> {
        let text = match object.get(key) {
            None | Some(Value::Null) => return None,
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            Some(_) => return self.fault(&format!("{prefix}{key}"), "not_text"),
        };
        if text.chars().count() > chars_max {
            return self.fault(&format!("{prefix}{key}"), "too_long");
        }
        // Postgres stores no NUL, and no system means one.
        if text.contains('\0') {
            return self.fault(&format!("{prefix}{key}"), "not_text");
        }
        (!text.is_empty()).then_some(text)
    }

    fn parsed<T>(
        &mut self,
        patient: &Map<String, Value>,
        key: &str,
        parse: impl Fn(&str) -> Result<T, &'static str>,
    ) -> Option<T> {
        let text = self.text(patient, key, "patient.", NAME_CHARS_MAX)?;
        match parse(&text) {
            Ok(parsed) => Some(parsed),
            Err(code) => self.fault(&format!("patient.{key}"), code),
        }
    }

    fn fault<T>(&mut self, field: &str, code: &str) -> Option<T> {
        self.faults.push(FieldFault::new(field, code));
        None
    }
}

/// The words and the HL7 table 0001 letters that sources use.
fn sex(text: &str) -> Option<crate::organizations::Sex> {
    use crate::organizations::Sex;
    match text.to_ascii_lowercase().as_str() {
        "female" | "f" => Some(Sex::Female),
        "male" | "m" => Some(Sex::Male),
        "unknown" | "u" | "o" | "other" => Some(Sex::Unknown),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event() -> Value {
        json!({
            "source_event_id": "E1", "event_code": "OPD_REGISTERED",
            "occurred_at": "2026-11-23T09:00:00+03:00", "encounter_id": "V1", "hospital": "RYD",
            "patient": {"mrn": 12345, "name_ar": "سارة", "mobile": "0512345678", "sex": "F"},
        })
    }

    fn faults(value: &Value) -> Vec<String> {
        parse(value)
            .err()
            .unwrap_or_default()
            .into_iter()
            .map(|fault| format!("{}:{}", fault.field, fault.code))
            .collect()
    }

    #[test]
    fn a_small_event_is_read_and_normalised() {
        let message = parse(&event()).unwrap();
        assert_eq!(message.patient.mrn, "12345");
        assert_eq!(message.patient.mobile.unwrap().as_str(), "+966512345678");
        assert_eq!(message.occurred_at.to_rfc3339(), "2026-11-23T06:00:00+00:00");
        assert_eq!(message.department, None);
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let value = json!({
            "event_code": "", "occurred_at": "yesterday", "hospital": ["RYD"], "encounter_id": "V1",
            "source_event_id": "x".repeat(101),
            "patient": {"mobile": "12", "email": "a@b@c", "birth_date": "31-01-2020", "sex": "x"},
            "data": {"consent": "yes"},
        });
        let faults = faults(&value);
        for expected in [
            "source_event_id:too_long",
            "event_code:required",
            "occurred_at:time_invalid",
            "hospital:not_text",
            "patient.mrn:required",
            "patient.mobile:phone_invalid",
            "patient.email:email_invalid",
            "patient.birth_date:date_invalid",
            "patient.sex:sex_unknown",
            "patient.name_ar:required",
            "data.consent:not_a_boolean",
        ] {
            assert!(faults.contains(&expected.to_owned()), "{expected} is not in {faults:?}");
        }
    }

    #[test]
    fn what_is_no_event_at_all_is_refused() {
        assert_eq!(faults(&json!(7)), [":not_an_object"]);
        let mut event = event();
        event["patient"] = json!("Sara");
        assert_eq!(faults(&event), ["patient:not_an_object"]);
        event["patient"] = json!({"mrn": "1\u{0}", "name_en": "S"});
        assert_eq!(faults(&event), ["patient.mrn:not_text"]);
    }
}
