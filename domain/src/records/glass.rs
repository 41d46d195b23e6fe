//! Breaking the glass: somebody who needs no identity usually, and needs one now.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

closed_enum! {
    /// For which purpose an identity is shown (a part of HL7's value set `PurposeOfUse`).
    pub enum GlassPurpose {
        /// Care of this patient (`TREAT`).
        Treatment => "treatment",
        /// Care that cannot wait (`ETREAT`).
        Emergency => "emergency",
        /// The patient asked for it (`PATRQT`).
        PatientRequest => "patient_request",
        /// Finding out what went wrong (`HQUALIMP`).
        Quality => "quality",
    }
}

/// How long an identity is shown for.
pub const GLASS_OPEN: TimeDelta = TimeDelta::minutes(30);

/// The fewest characters of a reason: a word or two say nothing.
pub const GLASS_NOTE_CHARS_MIN: usize = 10;

/// The most characters of a reason.
pub const GLASS_NOTE_CHARS_MAX: usize = 500;

/// Why somebody breaks the glass before a patient's identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BreakGlass {
    /// For which purpose.
    pub purpose: GlassPurpose,
    /// Why, in their own words: 10 to 500 characters, which the audit log keeps.
    pub note: String,
}

/// An identity that is shown for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenGlass {
    /// Until when.
    #[serde(with = "crate::compact::instant")]
    pub until: DateTime<Utc>,
}
