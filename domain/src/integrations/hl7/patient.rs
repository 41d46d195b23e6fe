//! What a message says of a patient.

use std::collections::BTreeSet;

use crate::Bilingual;
use crate::contact::{EmailAddress, NationalId, PhoneNumber};
use crate::integrations::reading::{self, by_letters, either, short};
use crate::integrations::{Erased, Guardian, PatientMessage, sex};

use super::er7::{Field, Repetition};
use super::{Reader, time};

/// Types of identifiers (HL7 table 0203) that are no record number of a hospital.
const OTHER_IDS: [&str; 6] = ["NI", "NNSAU", "PPN", "PRC", "BN", "DL"];

/// Who may answer for a child (HL7 table 0063), whoever has more right to first.
const GUARDIANS: [(&str, &str); 6] = [
    ("GRD", "guardian"),
    ("MTH", "mother"),
    ("FTH", "father"),
    ("PAR", "parent"),
    ("GRP", "grandparent"),
    ("CGV", "caregiver"),
];

impl Reader<'_> {
    pub(super) fn patient(&mut self) -> Option<PatientMessage> {
        let person = self.message.segment("PID");
        let mrn = record_number(person.field(3)).or_else(|| person.field(2).value());
        let mrn = self.found.required("PID-3", mrn);
        let name = names(person.field(5));
        if name.ar.is_empty() && name.en.is_empty() {
            self.found.fault::<()>("PID-5", "required");
        }
        let national_id = self.national_id(person.field(3));
        let (mobile, email) = self.reached_by(person.field(13), person.field(14));
        let birth_date = person.field(7).value().and_then(|text| {
            time::day(&text).or_else(|| {
                self.found.warn("PID-7", "date_invalid");
                None
            })
        });
        let said_sex = person.field(8).value();
        let known_sex = said_sex.as_deref().and_then(sex);
        if said_sex.is_some() && known_sex.is_none() {
            self.found.warn("PID-8", "sex_unknown");
        }
        let language = person.field(15).value();
        let known_language = language.as_deref().and_then(reading::language);
        if language.is_some() && known_language.is_none() {
            self.found.warn("PID-15", "language_unknown");
        }
        let mut erased = BTreeSet::new();
        if person.field(13).is_deleted() {
            erased.extend([Erased::Mobile, Erased::Email]);
        }
        if person.field(7).is_deleted() {
            erased.insert(Erased::BirthDate);
        }
        Some(PatientMessage {
            mrn: mrn?,
            national_id,
            name,
            mobile,
            email,
            language: known_language,
            birth_date,
            sex: known_sex,
            guardian: self.guardian(),
            erased,
        })
    }

    /// NK1: of those who may answer for a child, the one with the closest right to, and rather one with a phone. A
    /// spouse, a friend or an employer is nobody's guardian and is not kept.
    fn guardian(&mut self) -> Option<Guardian> {
        let next_of_kin = self.message.segments_of("NK1");
        let known = next_of_kin.filter_map(|kin| {
            let relation = kin.field(3).value()?;
            let mut ways = GUARDIANS.iter().enumerate();
            let (right, (_, word)) =
                ways.find(|(_, (code, _))| relation.eq_ignore_ascii_case(code))?;
            let name = either(names(kin.field(2)));
            let phones = kin.field(5).repetitions().chain(kin.field(6).repetitions());
            let mobile = phones.flat_map(numbers).find_map(|text| PhoneNumber::parse(&text).ok());
            let found = Guardian { name, relation: Some((*word).to_owned()), mobile };
            (!found.name.is_empty()).then_some((found.mobile.is_none(), right, found))
        });
        known.min_by_key(|(silent, right, _)| (*silent, *right)).map(|(_, _, found)| found)
    }

    fn national_id(&mut self, ids: Field<'_>) -> Option<NationalId> {
        let national = ids
            .repetitions()
            .find(|id| matches!(id_type(*id).as_deref(), Some("NI" | "NNSAU" | "PRC")))?;
        let text = national.component(1).value()?;
        match NationalId::parse(&text) {
            Ok(id) => Some(id),
            Err(error) => {
                self.found.warn("PID-3", error.code());
                None
            }
        }
    }

    /// The first phone and the first mail address that can be used.
    fn reached_by(
        &mut self,
        home: Field<'_>,
        work: Field<'_>,
    ) -> (Option<PhoneNumber>, Option<EmailAddress>) {
        let (mut mobile, mut email, mut unusable) = (None, None, false);
        for one in home.repetitions().chain(work.repetitions()).filter(|one| !one.is_empty()) {
            let address = one.component(4).value().or_else(|| one.component(1).value());
            if let Some(found) = address.filter(|text| text.contains('@')) {
                email = email.or_else(|| EmailAddress::parse(&found).ok());
                continue;
            }
            match numbers(one).find_map(|text| PhoneNumber::parse(&text).ok()) {
                Some(found) => mobile = mobile.or(Some(found)),
                None => unusable |= !matches!(one.joined("").as_str(), "" | "\"\""),
            }
        }
        if mobile.is_none() && unusable {
            self.found.warn("PID-13", "phone_invalid");
        }
        (mobile, email)
    }

    /// PID-29 and PID-30: when somebody died, and whether.
    pub(super) fn deceased(&self) -> Option<bool> {
        let person = self.message.segment("PID");
        match person.field(30).value().as_deref() {
            Some("Y" | "y") => Some(true),
            Some("N" | "n") => Some(false),
            _ => person.field(29).value().map(|_| true),
        }
    }

    /// The record numbers that turned out to be the same patient's.
    pub(super) fn prior_mrns(&self) -> Vec<String> {
        let numbers =
            self.message.segments_of("MRG").filter_map(|merged| record_number(merged.field(1)));
        numbers.filter_map(short).collect()
    }
}

/// A phone number as it may stand in an XTN: whole, as people write it, or in parts.
fn numbers(one: Repetition<'_>) -> impl Iterator<Item = String> + use<> {
    let whole = [one.component(1), one.component(12)].map(super::er7::Component::value);
    let in_parts = [5, 6, 7].map(|part| one.component(part).value().unwrap_or_default()).concat();
    whole.into_iter().flatten().chain([in_parts]).filter(|text| !text.is_empty())
}

fn id_type(id: Repetition<'_>) -> Option<String> {
    id.component(5).value().map(|kind| kind.to_ascii_uppercase())
}

/// The record number: the first that says so, else the first that says nothing else.
fn record_number(ids: Field<'_>) -> Option<String> {
    let all = || ids.repetitions().filter(|id| !id.is_empty());
    let of = |wanted: fn(Option<&str>) -> bool| {
        all().find(move |id| wanted(id_type(*id).as_deref())).and_then(|id| id.component(1).value())
    };
    of(|kind| kind == Some("MR"))
        .or_else(|| of(|kind| kind.is_none()))
        .or_else(|| of(|kind| kind.is_some_and(|kind| !OTHER_IDS.contains(&kind))))
}

/// The names of a patient: each repetition, by the letters that it is written in.
fn names(field: Field<'_>) -> Bilingual {
    let repetitions = field.repetitions().filter(|name| !name.is_empty());
    by_letters(repetitions.map(|name| {
        let part = |number: usize| name.component(number).value();
        // Family, given and further names; people read them the other way round.
        let read: Vec<String> = [part(2), part(3), part(1)].into_iter().flatten().collect();
        read.join(" ")
    }))
}
