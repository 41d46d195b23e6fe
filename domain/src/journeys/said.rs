//! What a message says of a visit, whatever format it came in.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{DepartmentId, EventId, PhysicianId};

closed_enum! {
    /// What kind of patient somebody is in a visit: HL7 table 0004.
    pub enum PatientClass {
        /// E: brought or walked into emergency.
        Emergency => "emergency",
        /// I: in a bed.
        Inpatient => "inpatient",
        /// O: comes and goes.
        Outpatient => "outpatient",
        /// P: expected.
        Preadmit => "preadmit",
        /// R: comes again and again, for example for dialysis.
        Recurring => "recurring",
        /// B: gives birth.
        Obstetrics => "obstetrics",
    }
}

impl PatientClass {
    /// Reads our word, a letter of HL7 table 0004, or a code of FHIR's v3 `ActCode`.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        Some(match text.to_ascii_uppercase().as_str() {
            "E" | "EMER" | "FLD" => Self::Emergency,
            "I" | "IMP" | "ACUTE" | "NONAC" | "OBSENC" | "SS" => Self::Inpatient,
            "O" | "AMB" | "VR" | "HH" => Self::Outpatient,
            "P" | "PRENC" => Self::Preadmit,
            "R" => Self::Recurring,
            "B" => Self::Obstetrics,
            _ => return text.to_lowercase().parse().ok(),
        })
    }
}

/// One thing that happened in a visit, with the codes that we know resolved. It names nobody but staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What happened, for example `A03`.
    pub code: String,
    /// The patient's class, where the message says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<PatientClass>,
    /// Our code of the department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Which department that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department_id: Option<DepartmentId>,
    /// Who treated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub physician_id: Option<PhysicianId>,
    /// Ward, room and bed, as the source writes them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// How the patient left: HL7 table 0112.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disposition: Option<String>,
    /// The fields that conditions of templates look at.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
}

/// One thing that happened, and the message that said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// Our id of the message.
    pub event_id: EventId,
    /// The source's id of it: tells messages of one instant apart, whatever order they came in.
    pub source_event_id: String,
    /// What it says.
    pub said: Said,
}

/// What a code means in every house, whatever the templates say: HL7's trigger events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// A11: the visit was a mistake, or never took place.
    CancelVisit,
    /// A13: the patient has not left after all.
    CancelDischarge,
    /// A02: the patient lies elsewhere now.
    Transfer,
    /// A12: the patient did not move.
    CancelTransfer,
    /// A08: what is known of the visit or the patient changed.
    Update,
    /// Everything else: templates say what it does.
    Step,
}

impl Intent {
    /// What this code means.
    pub fn of(code: &str) -> Self {
        match code {
            "A11" => Self::CancelVisit,
            "A13" => Self::CancelDischarge,
            "A02" => Self::Transfer,
            "A12" => Self::CancelTransfer,
            "A08" => Self::Update,
            _ => Self::Step,
        }
    }

    /// At one instant, what undoes comes after what it undoes.
    pub(super) const fn rank(self) -> u8 {
        match self {
            Self::Step => 0,
            Self::Update => 1,
            Self::Transfer => 2,
            Self::CancelTransfer => 3,
            Self::CancelDischarge => 4,
            Self::CancelVisit => 5,
        }
    }
}
