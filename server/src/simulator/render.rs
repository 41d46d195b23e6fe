//! Simulated messages in the formats of event intake.

use chrono::{DateTime, FixedOffset, Utc};
use px360_domain::dates::RIYADH_OFFSET_SECONDS;
use px360_domain::integrations::EventFormat;
use px360_domain::journeys::PatientClass;
use serde_json::{Value, json};

use super::plan::Simulated;

/// One message as its source would send it: a line of JSON, or segments of HL7 that end with CR.
pub fn render(message: &Simulated, format: EventFormat) -> String {
    match format {
        EventFormat::Json => json_event(message).to_string(),
        EventFormat::Hl7v2 => hl7(message),
        EventFormat::Fhir => fhir(message).to_string(),
    }
}

fn json_event(message: &Simulated) -> Value {
    let person = &message.person;
    let mut event = json!({
        "source_event_id": message.id,
        "event_code": message.code,
        "occurred_at": message.at.to_rfc3339(),
        "hospital": message.hospital,
        "class": message.class,
        "department": message.department,
        "physician": message.physician,
        "location": message.bed,
        "disposition": message.disposition,
        "patient": {
            "mrn": person.mrn,
            "name_ar": format!("{} {}", person.arabic.0, person.arabic.1),
            "name_en": format!("{} {}", person.english.0, person.english.1),
            "mobile": person.mobile,
            "language": if person.reads_english { "en" } else { "ar" },
            "birth_date": person.birth_date,
            "sex": if person.is_female { "female" } else { "male" },
        },
        "data": {},
    });
    if let Some(encounter) = &message.encounter {
        event["encounter_id"] = json!(encounter);
    }
    if let Some(prior) = &message.prior_mrn {
        event["patient"]["prior_mrn"] = json!(prior);
    }
    event
}

fn letter(class: PatientClass) -> &'static str {
    match class {
        PatientClass::Emergency => "E",
        PatientClass::Inpatient => "I",
        PatientClass::Outpatient => "O",
        PatientClass::Preadmit => "P",
        PatientClass::Recurring => "R",
        PatientClass::Obstetrics => "B",
    }
}

/// An instant on the clocks of Riyadh, with its offset, to the second.
fn riyadh(at: DateTime<Utc>) -> String {
    let offset = FixedOffset::east_opt(RIYADH_OFFSET_SECONDS);
    offset
        .map(|offset| at.with_timezone(&offset).format("%Y%m%d%H%M%S%z").to_string())
        .unwrap_or_default()
}

fn hl7(message: &Simulated) -> String {
    let person = &message.person;
    let at = riyadh(message.at);
    let sex = if person.is_female { "F" } else { "M" };
    let language = if person.reads_english { "en" } else { "ar" };
    let code = message.code;
    let mut text = format!(
        "MSH|^~\\&|DEMO-HIS|{hospital}|PX360|PX360|{at}||ADT^{code}|{id}|P|2.5.1||||||UNICODE UTF-8\r\
         EVN|{code}|{at}||||{at}\r\
         PID|1||{mrn}^^^{hospital}^MR||{family}^{given}~{family_en}^{given_en}||{born}|{sex}|||||{mobile}||{language}\r",
        hospital = message.hospital,
        id = message.id,
        mrn = person.mrn,
        family = person.arabic.1,
        given = person.arabic.0,
        family_en = person.english.1,
        given_en = person.english.0,
        born = person.birth_date.format("%Y%m%d"),
        mobile = person.mobile,
    );
    if let Some(prior) = &message.prior_mrn {
        text.push_str(&format!("MRG|{prior}^^^{}^MR\r", message.hospital));
    }
    if let Some(encounter) = &message.encounter {
        text.push_str(&format!(
            "PV1|1|{class}|{department}^{bed}||||{physician}||||||||||||{encounter}|||||||||||||||||{disposition}\r",
            class = letter(message.class),
            department = message.department.as_deref().unwrap_or_default(),
            bed = message.bed.as_deref().unwrap_or_default().replace('-', "^"),
            physician = message.physician.as_deref().unwrap_or_default(),
            disposition = message.disposition.unwrap_or_default(),
        ));
    }
    text
}

/// A snapshot of the visit at this instant, with its patient. FHIR knows no codes for steps of a visit: they
/// are told as statuses.
fn fhir(message: &Simulated) -> Value {
    let person = &message.person;
    let at = message.at.to_rfc3339();
    let patient = json!({
        "resourceType": "Patient", "id": "p",
        "meta": { "lastUpdated": at },
        "identifier": [{ "type": { "coding": [{ "code": "MR" }] }, "value": person.mrn }],
        "name": [
            { "family": person.arabic.1, "given": [person.arabic.0] },
            { "family": person.english.1, "given": [person.english.0] },
        ],
        "telecom": [{ "system": "phone", "value": person.mobile }],
        "gender": if person.is_female { "female" } else { "male" },
        "birthDate": person.birth_date,
        "communication": [{ "language": { "coding": [{
            "code": if person.reads_english { "en" } else { "ar" } }] } }],
        "managingOrganization": { "identifier": { "value": message.hospital } },
    });
    let mut entry = vec![json!({ "resource": patient })];
    if let Some(encounter) = &message.encounter {
        entry.insert(0, json!({ "resource": encounter_of(message, encounter, &at) }));
    }
    json!({
        "resourceType": "Bundle", "type": "message", "identifier": { "value": message.id }, "entry": entry,
    })
}

fn encounter_of(message: &Simulated, encounter: &str, at: &str) -> Value {
    let class = match message.class {
        PatientClass::Emergency => "EMER",
        PatientClass::Inpatient => "IMP",
        PatientClass::Preadmit => "PRENC",
        _ => "AMB",
    };
    let (status, said) = match message.code {
        "A03" => ("finished", None),
        "A11" => ("cancelled", None),
        "OPD_TRIAGED" | "EMS_TRIAGED" => ("triaged", Some("triaged")),
        "A01" | "A04" => ("arrived", Some("arrived")),
        _ => ("in-progress", Some("in-progress")),
    };
    let history: Vec<Value> = said
        .into_iter()
        .map(|status| json!({ "status": status, "period": { "start": at } }))
        .collect();
    let mut value = json!({
        "resourceType": "Encounter", "id": encounter, "meta": { "lastUpdated": at },
        "identifier": [{ "value": encounter }],
        "status": status, "statusHistory": history, "class": { "code": class },
        "subject": { "reference": "Patient/p" },
        "participant": [{
            "type": [{ "coding": [{ "code": "ATND" }] }],
            "individual": { "identifier": { "value": message.physician } },
        }],
        "location": [{ "location": { "identifier": { "value": message.department }, "display": message.bed } }],
        "serviceProvider": { "identifier": { "value": message.hospital } },
    });
    if status == "finished" {
        value["period"] = json!({ "end": at });
    }
    value
}
