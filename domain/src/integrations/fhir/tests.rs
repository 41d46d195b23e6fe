//! Encounters as FHIR servers send them.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::*;
use crate::Locale;
use crate::journeys::PatientClass;

fn at_time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn encounter() -> Value {
    json!({
        "resourceType": "Encounter", "id": "e1", "meta": {"versionId": "3", "lastUpdated": "2026-11-23T12:00:00Z"},
        "identifier": [{"system": "urn:his:visit", "value": "V9"}],
        "status": "finished", "class": {"code": "IMP"},
        "classHistory": [
            {"class": {"code": "EMER"}, "period": {"start": "2026-11-20T06:00:00Z", "end": "2026-11-20T09:00:00Z"}},
        ],
        "statusHistory": [
            {"status": "arrived", "period": {"start": "2026-11-20T06:00:00Z"}},
            {"status": "triaged", "period": {"start": "2026-11-20T06:15:00Z"}},
        ],
        "subject": {"reference": "Patient/p1"},
        "participant": [
            {"individual": {"reference": "Practitioner/other"}},
            {"type": [{"coding": [{"code": "ATND"}]}], "individual": {"identifier": {"value": "SCFHS-1"}}},
        ],
        "period": {"start": "2026-11-20T06:00:00Z", "end": "2026-11-23T10:00:00+03:00"},
        "hospitalization": {"dischargeDisposition": {"coding": [{"code": "home"}]}},
        "location": [
            {"location": {"identifier": {"value": "W5"}}, "period": {"start": "2026-11-21T08:00:00Z"}},
            {"location": {"reference": "Location/ER"}, "period": {"start": "2026-11-20T06:00:00Z"}},
        ],
        "serviceProvider": {"identifier": {"value": "RYD"}},
    })
}

fn patient() -> Value {
    json!({
        "resourceType": "Patient", "id": "p1",
        "identifier": [
            {"system": "http://nphies.sa/identifier/nationalid", "value": "1058529940"},
            {"type": {"coding": [{"code": "MR"}]}, "value": "100045"},
        ],
        "name": [{"family": "القحطاني", "given": ["سارة"]}, {"text": "Sara Alqahtani"}],
        "telecom": [{"system": "phone", "value": "0512345678"}, {"system": "email", "value": "s@example.sa"}],
        "gender": "female", "birthDate": "1990-04-12",
        "communication": [{"language": {"coding": [{"code": "ar-SA"}]}}],
        "meta": {"lastUpdated": "2026-11-23T12:00:00Z"},
        "managingOrganization": {"reference": "Organization/RYD"},
    })
}

fn bundle(resources: &[Value]) -> Value {
    let entry: Vec<Value> =
        resources.iter().map(|resource| json!({ "resource": resource })).collect();
    json!({ "resourceType": "Bundle", "type": "message", "identifier": {"value": "B1"}, "entry": entry })
}

fn read_it(value: &Value) -> Result<EventMessage, Vec<String>> {
    let wanted = BTreeSet::from(["hospitalization.dischargeDisposition.coding.0.code".to_owned()]);
    read(value, &wanted, "digest").map_err(|faults| {
        faults.into_iter().map(|fault| format!("{} {}", fault.field, fault.code)).collect()
    })
}

fn story(message: &EventMessage) -> Vec<(String, String, Option<String>)> {
    let told = message.told.iter();
    told.map(|told| (told.code.clone(), told.at.to_rfc3339(), told.department.clone())).collect()
}

#[test]
fn a_snapshot_tells_the_whole_visit() {
    let message = read_it(&bundle(&[encounter(), patient()])).unwrap();
    assert_eq!(message.source_event_id, "B1");
    assert_eq!((message.hospital.as_str(), message.encounter_id.as_deref()), ("RYD", Some("V9")));
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        story(&message),
        [
            ("A04".to_owned(), "2026-11-20T06:00:00+00:00".to_owned(), some("ER")),
            ("ENCOUNTER_TRIAGED".to_owned(), "2026-11-20T06:15:00+00:00".to_owned(), some("W5")),
            ("A01".to_owned(), "2026-11-20T09:00:00+00:00".to_owned(), some("ER")),
            ("A02".to_owned(), "2026-11-21T08:00:00+00:00".to_owned(), some("W5")),
            ("A03".to_owned(), "2026-11-23T07:00:00+00:00".to_owned(), some("W5")),
        ]
    );
    assert_eq!(message.told[0].class, Some(PatientClass::Emergency));
    assert_eq!(message.told[4].class, Some(PatientClass::Inpatient));
    assert_eq!(message.told[4].physician.as_deref(), Some("SCFHS-1"));
    assert_eq!(message.told[4].disposition.as_deref(), Some("home"));
    assert_eq!(message.told[4].fields.len(), 1);
    let patient = message.patient;
    assert_eq!((patient.mrn.as_str(), patient.name.ar.as_str()), ("100045", "سارة القحطاني"));
    assert_eq!(patient.national_id.unwrap().as_str(), "1058529940");
    assert_eq!((patient.language, patient.name.en.as_str()), (Some(Locale::Ar), "Sara Alqahtani"));
}

#[test]
fn a_visit_stands_for_itself_with_its_patient_inside() {
    let mut alone = encounter();
    alone["contained"] = json!([patient()]);
    alone["subject"]["reference"] = json!("#p1");
    let message = read_it(&alone).unwrap();
    assert_eq!(message.source_event_id, "Encounter/e1/3");
    assert_eq!(message.patient.mrn, "100045");
    alone.as_object_mut().unwrap().remove("meta");
    assert_eq!(read_it(&alone).unwrap().source_event_id, "digest");
    assert_eq!(
        read_it(&encounter()).unwrap_err(),
        ["Encounter.subject required", "Encounter.subject.display required"]
    );
}

#[test]
fn what_was_entered_in_error_is_cancelled() {
    for status in ["cancelled", "entered-in-error"] {
        let mut visit = encounter();
        visit["status"] = json!(status);
        let message = read_it(&bundle(&[visit, patient()])).unwrap();
        let last = message.told.last().unwrap();
        assert_eq!((last.code.as_str(), last.at), ("A11", at_time("2026-11-23T12:00:00Z")));
    }
}

#[test]
fn r5_says_the_same_in_other_words() {
    let mut visit = encounter();
    visit["status"] = json!("completed");
    visit["class"] = json!([{"coding": [{"code": "AMB"}]}]);
    for gone in ["classHistory", "statusHistory", "location"] {
        visit.as_object_mut().unwrap().remove(gone);
    }
    visit["admission"] = json!({"dischargeDisposition": {"coding": [{"code": "exp"}]}});
    visit.as_object_mut().unwrap().remove("hospitalization");
    visit["participant"] = json!([{"actor": {"reference": "Practitioner/SCFHS-2"}}]);
    let message = read_it(&bundle(&[visit, patient()])).unwrap();
    let codes: Vec<&str> = message.told.iter().map(|told| told.code.as_str()).collect();
    assert_eq!(codes, ["A04", "A03"]);
    assert_eq!(message.told[1].class, Some(PatientClass::Outpatient));
    assert_eq!(message.told[1].physician.as_deref(), Some("SCFHS-2"));
    assert_eq!(message.told[1].disposition.as_deref(), Some("exp"));
}

#[test]
fn a_patient_alone_is_described() {
    let message = read_it(&patient()).unwrap();
    assert_eq!((message.event_code.as_str(), message.hospital.as_str()), ("A31", "RYD"));
    assert_eq!((message.encounter_id, message.told.len()), (None, 0));
}

#[test]
fn a_contact_who_may_answer_for_a_child_is_their_guardian() {
    let mut child = patient();
    let contact = |code: &str, name: &str, phone: Value| json!({"relationship": [{"coding": [{"code": code}]}], "name": {"text": name}, "telecom": phone});
    let phone = json!([{"system": "phone", "value": "0512345679"}]);
    child["contact"] =
        json!([contact("C", "خالد", phone.clone()), contact("FTH", "محمد", json!([]))]);
    let guardian = |child: &Value| read_it(child).unwrap().patient.guardian;
    assert_eq!(guardian(&child).unwrap().name, "محمد");
    child["contact"] = json!([contact("FTH", "محمد", json!([])), contact("MTH", "هند", phone)]);
    let found = guardian(&child).unwrap();
    assert_eq!((found.name.as_str(), found.relation.as_deref()), ("هند", Some("mother")));
    assert_eq!(found.mobile.unwrap().as_str(), "+966512345679");
    assert_eq!(guardian(&patient()), None);
}

#[test]
fn every_fault_is_told() {
    assert_eq!(
        read_it(&json!({"resourceType": "Observation"})).unwrap_err(),
        ["resourceType resource_unknown"]
    );
    assert_eq!(read_it(&json!(7)).unwrap_err(), ["resourceType resource_unknown"]);
    let empty = read_it(&json!({"resourceType": "Encounter"})).unwrap_err();
    for expected in [
        "Encounter.identifier",
        "Encounter.serviceProvider",
        "Encounter.status",
        "Encounter.subject",
    ] {
        assert!(empty.contains(&format!("{expected} required")), "{expected}: {empty:?}");
    }
    let mut odd = encounter();
    odd["status"] = json!("gone");
    assert_eq!(
        read_it(&bundle(&[odd, patient()])).unwrap_err(),
        ["Encounter.status status_unknown"]
    );
}

#[test]
fn a_bundle_of_several_visits_is_one_message_for_each() {
    let mut other = encounter();
    other["id"] = json!("e2");
    other["identifier"][0]["value"] = json!("V10");
    let body = bundle(&[encounter(), other, patient()]).to_string();
    let (messages, envelope) = split(&body).unwrap();
    assert_eq!(envelope, Envelope::Single);
    let read: Vec<EventMessage> = messages
        .iter()
        .map(|text| read_it(&serde_json::from_str(text).unwrap()).unwrap())
        .collect();
    let ids: Vec<(&str, Option<&str>)> = read
        .iter()
        .map(|one| (one.source_event_id.as_str(), one.encounter_id.as_deref()))
        .collect();
    assert_eq!(ids, [("B1/1", Some("V9")), ("B1/2", Some("V10"))]);
    let one = bundle(&[encounter(), patient()]).to_string();
    assert_eq!(split(&one).unwrap().0, [one]);
    assert!(split("{").is_err());
}
