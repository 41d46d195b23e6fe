//! Keeps what we know of patients current with what hospitals say.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use px360_domain::Locale;
use px360_domain::ids::{HospitalId, PatientId};
use px360_domain::integrations::{Erased, PatientMessage};
use px360_domain::organizations::{Consent, Sex};

use serde_json::{Map, Value, json};

use super::store;
use crate::error::Result;
use crate::tx::Tx;

/// What one message says of one patient.
#[derive(Clone, Debug)]
pub struct PatientDescription {
    /// The hospital whose record number it is.
    pub hospital_id: HospitalId,
    /// What it says.
    pub patient: PatientMessage,
    /// Whether it says that consent was given or withdrawn.
    pub consent: Option<bool>,
    /// Whether it says that the patient has died.
    pub deceased: Option<bool>,
    /// When that was true.
    pub at: DateTime<Utc>,
    /// The source's id of the message: tells messages of one instant apart.
    pub source_event_id: String,
}

impl PatientDescription {
    /// When it was said, as a text that sorts like the instant and then the message.
    fn stamp(&self) -> String {
        stamp(self.at, &self.source_event_id)
    }
}

fn stamp(at: DateTime<Utc>, source_event_id: &str) -> String {
    format!("{} {source_event_id}", at.format("%Y-%m-%dT%H:%M:%S%.6f"))
}

/// What everything about the guardian is dated under: it is said together, so it changes together.
const GUARDIAN: &str = "guardian";

/// A patient's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PatientRow {
    pub(super) id: PatientId,
    pub(super) name_ar: String,
    pub(super) name_en: String,
    pub(super) national_id: Option<String>,
    pub(super) mobile: Option<String>,
    pub(super) email: Option<String>,
    pub(super) language: Locale,
    pub(super) birth_date: Option<chrono::NaiveDate>,
    pub(super) sex: Sex,
    pub(super) consent: Consent,
    pub(super) deceased: bool,
    pub(super) guardian_name: Option<String>,
    pub(super) guardian_relation: Option<String>,
    pub(super) guardian_mobile: Option<String>,
    pub(super) described_at: DateTime<Utc>,
    /// When each field was said. Under the empty name: when everything was typed or said before that was kept.
    pub(super) described: BTreeMap<String, String>,
}

impl PatientRow {
    fn new(id: PatientId, described: &PatientDescription) -> Self {
        let mut row = Self {
            id,
            name_ar: String::new(),
            name_en: String::new(),
            national_id: None,
            mobile: None,
            email: None,
            language: Locale::Ar,
            birth_date: None,
            sex: Sex::Unknown,
            consent: Consent::NotAsked,
            deceased: false,
            guardian_name: None,
            guardian_relation: None,
            guardian_mobile: None,
            described_at: described.at,
            described: BTreeMap::new(),
        };
        row.take(described);
        row
    }

    /// Takes what a message says, field by field, unless something newer is known of that field: so it does
    /// not matter in which order messages come. Absent means "no change".
    fn take(&mut self, told: &PatientDescription) {
        let said = &told.patient;
        let by = told.stamp();
        let mut newer = Newer { described: &mut self.described, by: &by };
        if !said.name.ar.is_empty() && newer.takes("name_ar") {
            self.name_ar.clone_from(&said.name.ar);
        }
        if !said.name.en.is_empty() && newer.takes("name_en") {
            self.name_en.clone_from(&said.name.en);
        }
        let erased = |what| said.erased.contains(&what);
        let national_id = said.national_id.as_ref().map(|id| id.as_str().to_owned());
        newer.text("national_id", national_id, erased(Erased::NationalId), &mut self.national_id);
        let mobile = said.mobile.as_ref().map(|phone| phone.as_str().to_owned());
        newer.text("mobile", mobile, erased(Erased::Mobile), &mut self.mobile);
        let email = said.email.as_ref().map(|email| email.as_str().to_owned());
        newer.text("email", email, erased(Erased::Email), &mut self.email);
        newer.text("birth_date", said.birth_date, erased(Erased::BirthDate), &mut self.birth_date);
        newer.value("language", said.language, &mut self.language);
        newer.value("sex", said.sex, &mut self.sex);
        newer.value("deceased", told.deceased, &mut self.deceased);
        let consent =
            told.consent.map(|given| if given { Consent::Given } else { Consent::Withdrawn });
        newer.value("consent", consent, &mut self.consent);
        if let Some(guardian) = said.guardian.as_ref().filter(|_| newer.takes(GUARDIAN)) {
            let mobile = guardian.mobile.as_ref().map(|phone| phone.as_str().to_owned());
            self.guardian_name = Some(guardian.name.clone());
            // Absent means "no change": most systems send no phone of a next of kin.
            self.guardian_relation = guardian.relation.clone().or(self.guardian_relation.take());
            self.guardian_mobile = mobile.or(self.guardian_mobile.take());
        }
        self.described_at = self.described_at.max(told.at);
    }

    /// What was typed, or said before each field was dated, is as old as the whole.
    pub(super) fn with_floor(mut self) -> Self {
        if self.described.is_empty() {
            self.described.insert(String::new(), stamp(self.described_at, ""));
        }
        self
    }

    /// Whether another row says the same of the patient, whenever it was said.
    fn says_as(&self, other: &Self) -> bool {
        let rest = |row: &Self| (row.language, row.birth_date, row.sex, row.consent, row.deceased);
        rest(self) == rest(other)
            && (&self.name_ar, &self.name_en) == (&other.name_ar, &other.name_en)
            && (&self.national_id, &self.mobile, &self.email)
                == (&other.national_id, &other.mobile, &other.email)
            && self.guardian() == other.guardian()
    }

    fn guardian(&self) -> [&Option<String>; 3] {
        [&self.guardian_name, &self.guardian_relation, &self.guardian_mobile]
    }

    /// Takes what is newer of another record of the same person.
    pub(super) fn absorb(&mut self, other: &Self) {
        for (field, by) in &other.described {
            let mut newer = Newer { described: &mut self.described, by };
            match field.as_str() {
                "name_ar" if newer.takes(field) => self.name_ar.clone_from(&other.name_ar),
                "name_en" if newer.takes(field) => self.name_en.clone_from(&other.name_en),
                "national_id" if newer.takes(field) => {
                    self.national_id.clone_from(&other.national_id)
                }
                "mobile" if newer.takes(field) => self.mobile.clone_from(&other.mobile),
                "email" if newer.takes(field) => self.email.clone_from(&other.email),
                "birth_date" if newer.takes(field) => self.birth_date = other.birth_date,
                "language" if newer.takes(field) => self.language = other.language,
                "sex" if newer.takes(field) => self.sex = other.sex,
                "deceased" if newer.takes(field) => self.deceased = other.deceased,
                "consent" if newer.takes(field) => self.consent = other.consent,
                GUARDIAN if newer.takes(field) => {
                    self.guardian_name.clone_from(&other.guardian_name);
                    self.guardian_relation.clone_from(&other.guardian_relation);
                    self.guardian_mobile.clone_from(&other.guardian_mobile);
                }
                _ => {}
            }
        }
        self.described_at = self.described_at.max(other.described_at);
    }
}

/// Keeps what was said last of each field.
struct Newer<'a> {
    described: &'a mut BTreeMap<String, String>,
    by: &'a str,
}

impl Newer<'_> {
    /// Whether nothing newer is known of this field; remembers that this is the newest now.
    fn takes(&mut self, field: &str) -> bool {
        let known = self.described.get(field).or_else(|| self.described.get(""));
        if known.is_some_and(|known| known.as_str() > self.by) {
            return false;
        }
        self.described.insert(field.to_owned(), self.by.to_owned());
        true
    }

    fn text<T>(&mut self, field: &str, said: Option<T>, erased: bool, known: &mut Option<T>) {
        if (said.is_some() || erased) && self.takes(field) {
            *known = said;
        }
    }

    fn value<T>(&mut self, field: &str, said: Option<T>, known: &mut T) {
        if let Some(said) = said
            && self.takes(field)
        {
            *known = said;
        }
    }
}

/// Stores what messages say of patients, in any order; answers who they are.
///
/// A patient is found by hospital and record number and made when unknown.
pub async fn describe_patients_in(
    tx: &mut Tx,
    descriptions: &[PatientDescription],
) -> Result<HashMap<(HospitalId, String), PatientId>> {
    let key = |told: &PatientDescription| (told.hospital_id, told.patient.mrn.clone());
    let keys: Vec<(HospitalId, String)> = descriptions.iter().map(key).collect();
    // Before any row is locked: who waits here holds nothing that somebody else may wait for.
    store::lock_new_numbers(tx, &keys).await?;
    let known = store::lock_patients(tx, &keys).await?;
    let mut ids: HashMap<(HospitalId, String), PatientId> =
        known.iter().map(|(key, row)| (key.clone(), row.id)).collect();
    // By patient: two numbers may be one person's.
    let mut rows: BTreeMap<PatientId, PatientRow> =
        known.values().map(|row| (row.id, row.clone())).collect();
    let mut new = Vec::new();
    let ctx = tx.ctx().clone();
    for (key, told) in keys.into_iter().zip(descriptions) {
        let id = *ids.entry(key.clone()).or_insert_with(|| ctx.new_id());
        match rows.get_mut(&id) {
            Some(row) => row.take(told),
            None => {
                rows.insert(id, PatientRow::new(id, told));
                new.push((key, id));
            }
        }
    }
    let made: Vec<(&(HospitalId, String), &PatientRow)> =
        new.iter().filter_map(|(key, id)| Some((key, rows.get(id)?))).collect();
    store::insert_patients(tx, &made).await?;
    let before: HashMap<PatientId, &PatientRow> = known.values().map(|row| (row.id, row)).collect();
    let (mut changed, mut repeated) = (Vec::new(), Vec::new());
    for row in rows.values() {
        match before.get(&row.id) {
            Some(before) if before.says_as(row) => {
                repeated.extend((before.described != row.described).then_some(row));
            }
            Some(_) => changed.push(row),
            None => {}
        }
    }
    store::update_patients(tx, &changed).await?;
    store::update_stamps(tx, &repeated).await?;
    Ok(ids)
}

/// Takes what is newer of a record that turned out to be the same patient's; answers what of the survivor
/// changed: each field with what it was and what it became.
pub async fn absorb_patient_in(
    tx: &mut Tx,
    survivor: PatientId,
    other: PatientId,
) -> Result<Map<String, Value>> {
    let mut rows = store::lock_by_id(tx, &[survivor, other]).await?;
    let (Some(mut row), Some(other)) = (rows.remove(&survivor), rows.remove(&other)) else {
        return Ok(Map::new());
    };
    let before = store::row_json(&row);
    row.absorb(&other);
    let after = store::row_json(&row);
    store::update_patients(tx, &[&row]).await?;
    let names = [
        "name_ar",
        "name_en",
        "national_id",
        "mobile",
        "email",
        "language",
        "birth_date",
        "sex",
        "guardian_name",
        "guardian_relation",
        "guardian_mobile",
    ];
    let changed = names.into_iter().filter_map(|name| {
        let (before, after) = (before.get(name)?, after.get(name)?);
        (before != after).then(|| (name.to_owned(), json!([before, after])))
    });
    Ok(changed.collect())
}
