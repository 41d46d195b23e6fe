//! What is simulated, and what comes of it.

use chrono::{DateTime, NaiveDate, Utc};
use px360_domain::journeys::PatientClass;

/// What is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SimulationPlan {
    /// How many hospitals, 1 to 20. The first three are those of the demo group.
    pub hospitals: u16,
    /// The first day.
    pub start: NaiveDate,
    /// How many days.
    pub days: u16,
    /// Visits of one hospital on a usual weekday; weekends and summers have fewer, winters more.
    pub visits_a_day: u32,
    /// What chance begins with.
    pub seed: u64,
}

/// One message of a hospital.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simulated {
    /// The source's id of it.
    pub id: String,
    /// Our code of the hospital.
    pub hospital: String,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What happened: HL7's trigger events, and codes of our own for steps that HL7 has none for.
    pub code: &'static str,
    /// The visit number; none for messages about a person.
    pub encounter: Option<String>,
    /// What kind of patient.
    pub class: PatientClass,
    /// Our code of the department.
    pub department: Option<String>,
    /// The physician's licence.
    pub physician: Option<String>,
    /// Room and bed.
    pub bed: Option<String>,
    /// How the patient left.
    pub disposition: Option<&'static str>,
    /// Whose it is.
    pub person: SimulatedPerson,
    /// A record number that turned out to be the same person's.
    pub prior_mrn: Option<String>,
}

/// A person as a message describes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimulatedPerson {
    /// The record number.
    pub mrn: String,
    /// The name in Arabic: given name, family name.
    pub arabic: (String, String),
    /// The name in English: given name, family name.
    pub english: (String, String),
    /// The mobile phone, of a block that nobody has been given.
    pub mobile: String,
    /// The day of birth.
    pub birth_date: NaiveDate,
    /// Whether she is a woman.
    pub is_female: bool,
    /// Whether the person reads English.
    pub reads_english: bool,
}
