//! What a message says of a patient.

use std::collections::BTreeSet;

use crate::contact::{EmailAddress, NationalId, PhoneNumber};
use crate::integrations::reading::{self, by_letters, either};
use crate::integrations::{CODE_CHARS_MAX, EventMessage, Guardian, PatientMessage, sex};
use serde_json::Value;

use super::Reader;
use super::resources::{at, instant, text};

impl Reader<'_> {
    /// A message about a person alone.
    pub(super) fn person(&mut self, id: String, patient: &Value) -> Option<EventMessage> {
        let occurred_at = instant(at(patient, "meta.lastUpdated"));
        if occurred_at.is_none() {
            self.found.fault::<()>("Patient.meta.lastUpdated", "required");
        }
        let hospital = at(patient, "managingOrganization").and_then(|of| self.resources.code(of));
        let hospital = self.found.required("Patient.managingOrganization", hospital);
        let described = self.patient(patient);
        Some(EventMessage {
            source_event_id: id,
            facility: String::new(),
            event_code: "A31".to_owned(),
            occurred_at: occurred_at?,
            encounter_id: None,
            hospital: hospital?,
            told: Vec::new(),
            patient: described?,
            prior_mrns: Vec::new(),
            consent: None,
            deceased: deceased(patient),
            warnings: Vec::new(),
        })
    }

    /// The patient that an encounter is about: the resource, or what the reference alone says.
    pub(super) fn subject(&mut self, encounter: &Value) -> (Option<PatientMessage>, Option<bool>) {
        let Some(subject) = at(encounter, "subject") else {
            return (self.found.fault("Encounter.subject", "required"), None);
        };
        if let Some(patient) = self.resources.referred(subject) {
            return (self.patient(patient), deceased(patient));
        }
        let mrn = self.found.required("Encounter.subject", text(at(subject, "identifier.value")));
        let name = text(at(subject, "display")).map(|name| by_letters([name]));
        if name.is_none() {
            self.found.fault::<()>("Encounter.subject.display", "required");
        }
        let message = mrn.zip(name).map(|(mrn, name)| PatientMessage {
            mrn,
            name,
            ..PatientMessage::default()
        });
        (message, None)
    }

    fn patient(&mut self, patient: &Value) -> Option<PatientMessage> {
        let mrn = record_number(patient);
        let mrn = self.found.required("Patient.identifier", mrn);
        let names = items(patient, "name").filter_map(name);
        let name = by_letters(names);
        if name.ar.is_empty() && name.en.is_empty() {
            self.found.fault::<()>("Patient.name", "required");
        }
        let national = items(patient, "identifier").find(|id| is_national(id));
        let national_id = national.and_then(|id| text(id.get("value"))).and_then(|text| {
            NationalId::parse(&text)
                .map_err(|error| self.found.warn("Patient.identifier", error.code()))
                .ok()
        });
        let reach = |system: &str| {
            let of_system = items(patient, "telecom")
                .filter(|point| point.get("system").and_then(Value::as_str) == Some(system));
            of_system.filter_map(|point| text(point.get("value"))).collect::<Vec<_>>()
        };
        let phones = reach("phone");
        let mobile = phones.iter().find_map(|text| PhoneNumber::parse(text).ok());
        if mobile.is_none() && !phones.is_empty() {
            self.found.warn("Patient.telecom", "phone_invalid");
        }
        let language = items(patient, "communication")
            .filter_map(|one| text(at(one, "language.coding.0.code")))
            .find_map(|code| reading::language(&code));
        let birth_date = text(patient.get("birthDate"));
        Some(PatientMessage {
            mrn: mrn?,
            national_id,
            name,
            mobile,
            email: reach("email").iter().find_map(|text| EmailAddress::parse(text).ok()),
            language,
            birth_date: birth_date.and_then(|day| day.parse().ok()),
            sex: text(patient.get("gender")).and_then(|word| sex(&word)),
            guardian: guardian(patient),
            erased: BTreeSet::new(),
        })
    }
}

/// Who may answer for a child, by the codes of HL7 table 0063 and of `RoleCode` (v3), whoever has more right to first.
const GUARDIANS: [(&str, &str); 12] = [
    ("GUARD", "guardian"),
    ("GRD", "guardian"),
    ("MTH", "mother"),
    ("NMTH", "mother"),
    ("FTH", "father"),
    ("NFTH", "father"),
    ("PRN", "parent"),
    ("PAR", "parent"),
    ("GRMTH", "grandparent"),
    ("GRFTH", "grandparent"),
    ("GRPRN", "grandparent"),
    ("GRP", "grandparent"),
];

/// Of the contacts who may answer for a child, the one with the closest right to, and rather one with a phone.
fn guardian(patient: &Value) -> Option<Guardian> {
    let known = items(patient, "contact").filter_map(|contact| {
        let codings = items(contact, "relationship").flat_map(|one| items(one, "coding"));
        let codes: Vec<String> = codings.filter_map(|one| text(one.get("code"))).collect();
        let mut ways = GUARDIANS.iter().enumerate();
        let (right, (_, word)) =
            ways.find(|(_, (known, _))| codes.iter().any(|code| code == known))?;
        let phones = items(contact, "telecom")
            .filter(|point| point.get("system").and_then(Value::as_str) == Some("phone"));
        let mobile = phones
            .filter_map(|point| text(point.get("value")))
            .find_map(|text| PhoneNumber::parse(&text).ok());
        let name = either(by_letters([name(contact.get("name")?)?]));
        let found = Guardian { name, relation: Some((*word).to_owned()), mobile };
        Some((found.mobile.is_none(), right, found))
    });
    known.min_by_key(|(silent, right, _)| (*silent, *right)).map(|(_, _, found)| found)
}

fn items<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn id_type(id: &Value) -> Option<String> {
    text(at(id, "type.coding.0.code")).map(|code| code.to_ascii_uppercase())
}

fn is_national(id: &Value) -> bool {
    let system = id.get("system").and_then(Value::as_str).unwrap_or_default().to_lowercase();
    matches!(id_type(id).as_deref(), Some("NI" | "NNSAU" | "PRC"))
        || system.contains("nationalid")
        || system.contains("national-id")
        || system.contains("iqama")
}

/// The record number: the identifier that says so, else the first that is no national one.
fn record_number(patient: &Value) -> Option<String> {
    let ids = || items(patient, "identifier");
    let number = ids()
        .find(|id| id_type(id).as_deref() == Some("MR"))
        .or_else(|| ids().find(|id| !is_national(id) && id_type(id).as_deref() != Some("PPN")))?;
    text(number.get("value")).filter(|value| value.chars().count() <= CODE_CHARS_MAX)
}

/// A name as people read it.
fn name(name: &Value) -> Option<String> {
    text(name.get("text")).or_else(|| {
        let given = items(name, "given").filter_map(|part| text(Some(part)));
        let parts: Vec<String> = given.chain(text(name.get("family"))).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    })
}

fn deceased(patient: &Value) -> Option<bool> {
    match patient.get("deceasedBoolean").and_then(Value::as_bool) {
        Some(dead) => Some(dead),
        None => patient.get("deceasedDateTime").map(|_| true),
    }
}
