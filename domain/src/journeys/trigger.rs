//! When a stage moves: which codes, under which conditions.

use serde::{Deserialize, Serialize};

use super::{PatientClass, Said};

/// The most triggers of one stage.
pub const TRIGGERS_MAX: usize = 20;
/// The most codes, conditions or values of one trigger.
pub const TERMS_MAX: usize = 50;

/// One rule of a stage: this happening, under these conditions, does that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// What it does to the stage.
    pub effect: TriggerEffect,
    /// The codes that it listens to, for example `A04`. At least one.
    pub event_codes: Vec<String>,
    /// All of them must hold.
    #[serde(default)]
    pub conditions: Vec<Condition>,
}

closed_enum! {
    /// What a trigger does to its stage.
    pub enum TriggerEffect {
        /// The patient is here now.
        Start => "start",
        /// It is done.
        Complete => "complete",
        /// The visit goes on without it.
        Skip => "skip",
        /// It was called off.
        Cancel => "cancel",
    }
}

/// What must hold of a message besides its code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What of the message is looked at.
    pub subject: Subject,
    /// Of a field, which: `PV1-10` or `OBR-4.1` of HL7, `data.clinic` of JSON, `type.0.text` of FHIR.
    #[serde(default)]
    pub path: String,
    /// How it is compared.
    pub operator: Operator,
    /// With what: words of [`PatientClass`] for a class, our codes for a department. Without regard to case.
    #[serde(default)]
    pub values: Vec<String>,
}

closed_enum! {
    /// What of a message a condition looks at.
    pub enum Subject {
        /// The patient class: HL7 PV1-2, FHIR `class`, JSON `class`.
        Class => "class",
        /// Our code of the department.
        Department => "department",
        /// A field of the message, by its path.
        Field => "field",
    }
}

closed_enum! {
    /// How a condition compares.
    pub enum Operator {
        /// It is one of the values.
        IsOneOf => "is_one_of",
        /// It is there and none of the values.
        IsNoneOf => "is_none_of",
        /// It is there.
        IsPresent => "is_present",
        /// It is not there.
        IsAbsent => "is_absent",
    }
}

impl Trigger {
    /// Whether this happening meets the rule.
    pub fn meets(&self, said: &Said) -> bool {
        self.listens_to(&said.code) && self.conditions.iter().all(|condition| condition.holds(said))
    }

    /// Whether it listens to this code, whatever its conditions.
    pub fn listens_to(&self, code: &str) -> bool {
        self.event_codes.iter().any(|listed| listed == code)
    }
}

impl Condition {
    /// Whether it holds of this happening.
    pub fn holds(&self, said: &Said) -> bool {
        let value = match self.subject {
            Subject::Class => said.class.map(PatientClass::as_str),
            Subject::Department => said.department.as_deref(),
            Subject::Field => said.fields.get(&self.path).map(String::as_str),
        };
        let listed = |value: &str| {
            let value = value.to_lowercase();
            self.values.iter().any(|listed| listed.trim().to_lowercase() == value)
        };
        match self.operator {
            Operator::IsOneOf => value.is_some_and(listed),
            Operator::IsNoneOf => value.is_some_and(|value| !listed(value)),
            Operator::IsPresent => value.is_some(),
            Operator::IsAbsent => value.is_none(),
        }
    }
}
