//! Keeps what we know of patients current with what hospitals say.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use px360_domain::Locale;
use px360_domain::contact::{EmailAddress, NationalId, PhoneNumber};
use px360_domain::ids::{HospitalId, PatientId};
use px360_domain::integrations::PatientMessage;
use px360_domain::organizations::{Consent, Sex};

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
}

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
    pub(super) described_at: DateTime<Utc>,
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
            described_at: described.at,
        };
        row.take(described);
        row
    }

    /// Takes what a message says, unless something newer is known. Absent means "no change".
    fn take(&mut self, described: &PatientDescription) {
        if described.at < self.described_at {
            return;
        }
        let said = &described.patient;
        let keep = |new: &str, old: &mut String| {
            if !new.is_empty() {
                new.clone_into(old);
            }
        };
        keep(&said.name.ar, &mut self.name_ar);
        keep(&said.name.en, &mut self.name_en);
        let text = |new: Option<&str>, old: &mut Option<String>| {
            if let Some(new) = new {
                *old = Some(new.to_owned());
            }
        };
        text(said.national_id.as_ref().map(NationalId::as_str), &mut self.national_id);
        text(said.mobile.as_ref().map(PhoneNumber::as_str), &mut self.mobile);
        text(said.email.as_ref().map(EmailAddress::as_str), &mut self.email);
        self.language = said.language.unwrap_or(self.language);
        self.birth_date = said.birth_date.or(self.birth_date);
        self.sex = said.sex.unwrap_or(self.sex);
        self.deceased = described.deceased.unwrap_or(self.deceased);
        self.consent = match described.consent {
            Some(true) => Consent::Given,
            Some(false) => Consent::Withdrawn,
            None => self.consent,
        };
        self.described_at = described.at;
    }
}

/// Stores what messages say of patients; answers who they are and in which language they read.
///
/// A patient is found by hospital and record number and made when unknown. Give the messages in
/// the order in which things happened.
pub async fn describe_patients_in(
    tx: &mut Tx,
    descriptions: &[PatientDescription],
) -> Result<HashMap<(HospitalId, String), (PatientId, Locale)>> {
    let keys: Vec<(HospitalId, String)> = descriptions
        .iter()
        .map(|described| (described.hospital_id, described.patient.mrn.clone()))
        .collect();
    let known = store::lock_patients(tx, &keys).await?;
    let mut rows: HashMap<(HospitalId, String), PatientRow> = known.clone();
    for (key, described) in keys.into_iter().zip(descriptions) {
        let ctx = tx.ctx().clone();
        rows.entry(key)
            .and_modify(|row| row.take(described))
            .or_insert_with(|| PatientRow::new(ctx.new_id(), described));
    }
    let is_new = |key: &(HospitalId, String)| !known.contains_key(key);
    let new: Vec<_> = rows.iter().filter(|(key, _)| is_new(key)).collect();
    store::insert_patients(tx, &new).await?;
    let changed: Vec<&PatientRow> = rows
        .iter()
        .filter(|(key, row)| known.get(*key).is_some_and(|before| before != *row))
        .map(|(_, row)| row)
        .collect();
    store::update_patients(tx, &changed).await?;
    Ok(rows.into_iter().map(|(key, row)| (key, (row.id, row.language))).collect())
}
