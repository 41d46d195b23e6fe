//! Reads one JSON event and finds every fault at once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value};

use super::{
    CODE_CHARS_MAX, EventMessage, Guardian, NAME_CHARS_MAX, PatientMessage, RELATION_CHARS_MAX,
    Told,
};
use crate::contact::{EmailAddress, NationalId, PhoneNumber};
use crate::journeys::PatientClass;
use crate::{Bilingual, FieldFault};

/// Reads an event from JSON.
///
/// # Errors
/// Every fault, with the path of its field (`patient.mobile`) and one of the codes `not_an_object`,
/// `required`, `not_text`, `too_long`, `time_invalid`, `date_invalid`, `phone_invalid`,
/// `email_invalid`, `national_id_invalid`, `language_unknown`, `sex_unknown`, `class_unknown`,
/// `not_a_boolean`.
pub fn read(value: &Value) -> Result<EventMessage, Vec<FieldFault>> {
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

/// The most fields of one message that conditions can look at.
const FIELDS_MAX: usize = 50;

/// Collects faults while reading; a field with a fault reads as absent.
struct Reader {
    faults: Vec<FieldFault>,
}

impl Reader {
    fn event(&mut self, object: &Map<String, Value>) -> Option<EventMessage> {
        let source_event_id = self.code(object, "source_event_id", "");
        let event_code = self.code(object, "event_code", "");
        let occurred_at = self.occurred_at(object);
        let encounter_id = self.encounter(object, event_code.as_deref());
        let hospital = self.code(object, "hospital", "");
        let department = self.text(object, "department", "", CODE_CHARS_MAX);
        let physician = self.text(object, "physician", "", CODE_CHARS_MAX);
        let location = self.text(object, "location", "", CODE_CHARS_MAX);
        let disposition = self.text(object, "disposition", "", CODE_CHARS_MAX);
        let class = self.class(object);
        let patient = self.patient(object);
        let prior_mrn = self.prior_mrn(object);
        let (consent, deceased) = self.data(object);
        let (event_code, occurred_at) = (event_code?, occurred_at?);
        let told = Told {
            at: occurred_at,
            code: event_code.clone(),
            class,
            department,
            physician,
            location,
            disposition,
            fields: fields(object),
        };
        Some(EventMessage {
            source_event_id: source_event_id?,
            facility: String::new(),
            event_code,
            occurred_at,
            encounter_id: encounter_id?,
            hospital: hospital?,
            told: vec![told],
            patient: patient?,
            prior_mrns: prior_mrn.into_iter().collect(),
            consent,
            deceased,
            warnings: Vec::new(),
        })
    }

    /// The visit number; of a message about a person alone, none is asked for.
    fn encounter(
        &mut self,
        object: &Map<String, Value>,
        code: Option<&str>,
    ) -> Option<Option<String>> {
        if code.is_some_and(is_about_a_person) {
            return Some(None);
        }
        self.code(object, "encounter_id", "").map(Some)
    }

    fn prior_mrn(&mut self, object: &Map<String, Value>) -> Option<String> {
        let patient = object.get("patient").and_then(Value::as_object)?;
        self.text(patient, "prior_mrn", "patient.", CODE_CHARS_MAX)
    }

    fn class(&mut self, object: &Map<String, Value>) -> Option<PatientClass> {
        let text = self.text(object, "class", "", CODE_CHARS_MAX)?;
        PatientClass::read(&text).or_else(|| self.fault("class", "class_unknown"))
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
        let guardian = self.guardian(patient);
        let mrn = mrn?;
        let erased = BTreeSet::new();
        Some(PatientMessage {
            mrn,
            national_id,
            name,
            mobile,
            email,
            language,
            birth_date,
            sex,
            guardian,
            erased,
        })
    }

    /// Who answers for a child: all three fields, of which the name has to be there.
    fn guardian(&mut self, patient: &Map<String, Value>) -> Option<Guardian> {
        let name = self.text(patient, "guardian_name", "patient.", NAME_CHARS_MAX);
        let relation = self.text(patient, "guardian_relation", "patient.", RELATION_CHARS_MAX);
        let mobile = self.parsed(patient, "guardian_mobile", |text| {
            PhoneNumber::parse(text).map_err(|error| error.code())
        });
        if name.is_none() && (relation.is_some() || mobile.is_some()) {
            return self.fault("patient.guardian_name", "required");
        }
        Some(Guardian { name: name?, relation, mobile })
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

/// Whether a code tells of a person and of no visit: A28, A31, A40 and A47 of HL7.
pub fn is_about_a_person(code: &str) -> bool {
    matches!(code, "A28" | "A31" | "A40" | "A47")
}

/// What else the source says, for the conditions of templates: plain values of `data`, as `data.clinic`.
fn fields(object: &Map<String, Value>) -> BTreeMap<String, String> {
    let Some(Value::Object(data)) = object.get("data") else { return BTreeMap::new() };
    let plain = data.iter().filter_map(|(key, value)| {
        let text = match value {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Bool(yes) => yes.to_string(),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        let fits = !text.is_empty() && text.chars().count() <= CODE_CHARS_MAX;
        (fits && !text.contains('\0') && !key.contains('\0')).then(|| (format!("data.{key}"), text))
    });
    plain.take(FIELDS_MAX).collect()
}

/// The words and the HL7 table 0001 letters that sources use.
pub fn sex(text: &str) -> Option<crate::organizations::Sex> {
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
        read(value)
            .err()
            .unwrap_or_default()
            .into_iter()
            .map(|fault| format!("{}:{}", fault.field, fault.code))
            .collect()
    }

    #[test]
    fn a_small_event_is_read_and_normalised() {
        let message = read(&event()).unwrap();
        assert_eq!(message.patient.mrn, "12345");
        assert_eq!(message.patient.mobile.unwrap().as_str(), "+966512345678");
        assert_eq!(message.occurred_at.to_rfc3339(), "2026-11-23T06:00:00+00:00");
        assert_eq!(message.told[0].department, None);
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
    fn a_guardian_has_a_name_and_perhaps_a_phone() {
        let mut event = event();
        event["patient"]["guardian_name"] = json!("هند");
        event["patient"]["guardian_relation"] = json!("mother");
        event["patient"]["guardian_mobile"] = json!("0512345679");
        let guardian = read(&event).unwrap().patient.guardian.unwrap();
        assert_eq!((guardian.name.as_str(), guardian.relation.as_deref()), ("هند", Some("mother")));
        assert_eq!(guardian.mobile.unwrap().as_str(), "+966512345679");
        event["patient"]["guardian_name"] = json!(" ");
        assert_eq!(faults(&event), ["patient.guardian_name:required"]);
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
