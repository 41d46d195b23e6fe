//! What an encounter tells: a snapshot, from which its history is read.

use std::collections::BTreeSet;

use crate::integrations::reading::short;
use crate::integrations::{EventMessage, Told};
use crate::journeys::PatientClass;
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::Reader;
use super::resources::{at, instant, text};

/// Statuses of R4 and R5.
const STATUSES: [&str; 12] = [
    "planned",
    "arrived",
    "triaged",
    "in-progress",
    "onleave",
    "on-hold",
    "finished",
    "completed",
    "discharged",
    "cancelled",
    "entered-in-error",
    "unknown",
];

impl Reader<'_> {
    pub(super) fn encounter(
        &mut self,
        id: String,
        encounter: &Value,
        wanted: &BTreeSet<String>,
    ) -> Option<EventMessage> {
        let number =
            text(at(encounter, "identifier.0.value")).or_else(|| text(encounter.get("id")));
        let number = self.found.required("Encounter.identifier", number);
        let hospital = at(encounter, "serviceProvider").and_then(|of| self.resources.code(of));
        let hospital = self.found.required("Encounter.serviceProvider", hospital);
        let status = self.found.required("Encounter.status", text(encounter.get("status")));
        if status.as_deref().is_some_and(|status| !STATUSES.contains(&status)) {
            self.found.fault::<()>("Encounter.status", "status_unknown");
        }
        let (patient, deceased) = self.subject(encounter);
        let told = self.history(encounter, status.as_deref().unwrap_or_default(), wanted);
        let last = told.last();
        if last.is_none() && self.found.faults.is_empty() {
            self.found.fault::<()>("Encounter.period.start", "required");
        }
        let (event_code, at_last) = (last?.code.clone(), last?.at);
        let updated = instant(at(encounter, "meta.lastUpdated"));
        Some(EventMessage {
            source_event_id: id,
            facility: String::new(),
            event_code,
            occurred_at: updated.unwrap_or(at_last),
            encounter_id: Some(number?),
            hospital: hospital?,
            told,
            patient: patient?,
            prior_mrns: Vec::new(),
            consent: None,
            deceased,
            warnings: Vec::new(),
        })
    }

    /// What happened, in order: the beginning, changes of class and place, statuses, the end.
    fn history(&mut self, encounter: &Value, status: &str, wanted: &BTreeSet<String>) -> Vec<Told> {
        let updated = instant(at(encounter, "meta.lastUpdated"));
        let start = instant(at(encounter, "period.start"))
            .or_else(|| status_start(encounter, "arrived"))
            .or_else(|| status_start(encounter, "in-progress"));
        let teller = Teller {
            class: class(encounter.get("class")),
            physician: self.attending(encounter),
            fields: wanted
                .iter()
                .filter_map(|path| Some((path.clone(), text(at(encounter, path)).and_then(short)?)))
                .collect(),
            disposition: text(at(encounter, "hospitalization.dischargeDisposition.coding.0.code"))
                .or_else(|| text(at(encounter, "admission.dischargeDisposition.coding.0.code"))),
        };
        let places = self.places(encounter);
        let mut told = Vec::new();
        if status == "planned" {
            told.extend(updated.or(start).map(|at| teller.tell("A05", at, places.first())));
            return told;
        }
        told.extend(beginnings(encounter, start, &teller, places.first()));
        for place in places.iter().skip(1) {
            told.extend(place.from.map(|at| teller.tell("A02", at, Some(place))));
        }
        for (said, code) in [
            ("triaged", "ENCOUNTER_TRIAGED"),
            ("in-progress", "ENCOUNTER_IN_PROGRESS"),
            ("onleave", "ENCOUNTER_ON_LEAVE"),
        ] {
            let at = status_start(encounter, said)
                .or_else(|| updated.or(start).filter(|_| status == said));
            told.extend(at.map(|at| teller.tell(code, at, places.last())));
        }
        let end = instant(at(encounter, "period.end")).or(updated);
        match status {
            "finished" | "completed" | "discharged" => match end {
                Some(end) => told.push(teller.tell("A03", end, places.last())),
                None => {
                    self.found.fault::<()>("Encounter.period.end", "required");
                }
            },
            "cancelled" | "entered-in-error" => {
                told.extend(
                    updated.or(end).or(start).map(|at| teller.tell("A11", at, places.last())),
                );
            }
            _ => {}
        }
        told.sort_by_key(|told| told.at);
        told
    }

    /// Whoever attends: the participant that says so, else the first one.
    fn attending(&self, encounter: &Value) -> Option<String> {
        let people =
            || encounter.get("participant").and_then(Value::as_array).into_iter().flatten();
        let attends = |one: &&Value| {
            text(at(one, "type.0.coding.0.code"))
                .is_some_and(|code| code.eq_ignore_ascii_case("ATND"))
        };
        let one = people().find(attends).or_else(|| people().next())?;
        let person = one.get("individual").or_else(|| one.get("actor"))?;
        self.resources.code(person).and_then(short)
    }

    fn places(&self, encounter: &Value) -> Vec<Place> {
        let stays = encounter.get("location").and_then(Value::as_array).into_iter().flatten();
        let mut places: Vec<Place> = stays
            .filter_map(|stay| {
                let location = stay.get("location")?;
                Some(Place {
                    department: self.resources.code(location).and_then(short),
                    name: text(location.get("display")).and_then(short),
                    from: instant(at(stay, "period.start")),
                })
            })
            .collect();
        places.sort_by_key(|place| place.from);
        if places.is_empty() {
            let service = text(at(encounter, "serviceType.coding.0.code"))
                .or_else(|| text(at(encounter, "serviceType.0.concept.coding.0.code")));
            places.extend(service.and_then(short).map(|code| Place {
                department: Some(code),
                name: None,
                from: None,
            }));
        }
        places
    }
}

/// Where somebody was, from when.
struct Place {
    department: Option<String>,
    name: Option<String>,
    from: Option<DateTime<Utc>>,
}

/// What all happenings of one snapshot share.
struct Teller {
    class: Option<PatientClass>,
    physician: Option<String>,
    disposition: Option<String>,
    fields: std::collections::BTreeMap<String, String>,
}

impl Teller {
    fn tell(&self, code: &str, at: DateTime<Utc>, place: Option<&Place>) -> Told {
        Told {
            at,
            code: code.to_owned(),
            class: self.class,
            department: place.and_then(|place| place.department.clone()),
            physician: self.physician.clone(),
            location: place.and_then(|place| place.name.clone()),
            disposition: self.disposition.clone().filter(|_| code == "A03"),
            fields: self.fields.clone(),
        }
    }
}

/// Registration or admission, once for each class that the visit had.
fn beginnings(
    encounter: &Value,
    start: Option<DateTime<Utc>>,
    teller: &Teller,
    place: Option<&Place>,
) -> Vec<Told> {
    let history = encounter.get("classHistory").and_then(Value::as_array).into_iter().flatten();
    let mut classes: Vec<(Option<PatientClass>, DateTime<Utc>)> = history
        .filter_map(|one| Some((class(one.get("class")), instant(at(one, "period.start"))?)))
        .collect();
    classes.sort_by_key(|(_, from)| *from);
    if classes.last().is_none_or(|(last, _)| *last != teller.class) {
        let from = match classes.last() {
            // The class changed to what it is now when the last one ended.
            Some(_) => {
                encounter.get("classHistory").and_then(Value::as_array).and_then(|history| {
                    history.iter().filter_map(|one| instant(at(one, "period.end"))).max()
                })
            }
            None => start,
        };
        classes.extend(from.or(start).map(|from| (teller.class, from)));
    }
    let begin = |(class, from): (Option<PatientClass>, DateTime<Utc>)| {
        let code = match class {
            Some(PatientClass::Inpatient | PatientClass::Obstetrics) => "A01",
            Some(PatientClass::Preadmit) => "A05",
            _ => "A04",
        };
        Told { class, ..teller.tell(code, from, place) }
    };
    classes.into_iter().map(begin).collect()
}

/// When a status of the history began.
fn status_start(encounter: &Value, status: &str) -> Option<DateTime<Utc>> {
    let history = encounter.get("statusHistory").and_then(Value::as_array)?;
    let of = |one: &&Value| one.get("status").and_then(Value::as_str) == Some(status);
    history.iter().filter(of).filter_map(|one| instant(at(one, "period.start"))).min()
}

/// R4's one class, or the first of R5's.
fn class(value: Option<&Value>) -> Option<PatientClass> {
    let value = value?;
    let code = text(value.get("code"))
        .or_else(|| text(at(value, "coding.0.code")))
        .or_else(|| text(at(value, "0.coding.0.code")))?;
    PatientClass::read(&code)
}
