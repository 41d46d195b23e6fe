//! Everything that happened to a patient, on one axis.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::Bilingual;
use crate::actions::{ActionKind, ActionStatus, Severity};
use crate::ids::ActionId;
use crate::journeys::{JourneyStatus, JourneyType};
use crate::notifications::{Channel, NotificationStatus, SuppressionReason};

/// A page of what happened, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PatientTimeline {
    /// What happened.
    pub items: Vec<PatientEvent>,
    /// Where earlier events begin; none at the end.
    pub next_cursor: Option<String>,
    /// When this was true.
    #[serde(with = "crate::compact::instant")]
    pub as_of: DateTime<Utc>,
    /// Whether the reader may look through the surveys behind it.
    pub surveys: bool,
}

/// One thing that happened to a patient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PatientEvent {
    /// When.
    #[serde(with = "crate::compact::instant")]
    pub at: DateTime<Utc>,
    /// Where.
    pub hospital: Bilingual,
    /// What.
    pub what: Happened,
}

/// What happened to a patient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Happened {
    /// An encounter began.
    Encounter {
        /// Of which kind.
        kind: JourneyType,
        /// The hospital's number of it, masked for those who need no identity.
        number: String,
        /// Where it stands now.
        status: JourneyStatus,
    },
    /// A stage of an encounter was completed.
    Stage {
        /// Which.
        stage: Bilingual,
        /// In which department.
        department: Option<Bilingual>,
        /// By whom.
        physician: Option<Bilingual>,
    },
    /// The patient was asked about a stage, or was to be.
    Invitation {
        /// About which.
        stage: Bilingual,
        /// What became of the message.
        status: NotificationStatus,
        /// Why it was not sent.
        reason: Option<SuppressionReason>,
        /// How it travelled, or tried to.
        channel: Option<Channel>,
    },
    /// The patient answered.
    Response {
        /// About which stage.
        stage: Bilingual,
        /// The answer to the NPS question, 0 to 10.
        nps: Option<u8>,
        /// The score of the whole survey in percent.
        score: Option<u8>,
        /// Whether they want to be called.
        callback: Option<bool>,
        /// What they wrote; de-identified for those who need no identity.
        words: Option<String>,
    },
    /// An action was opened.
    Action {
        /// Which.
        id: ActionId,
        /// What people call it.
        reference: String,
        /// What caused it.
        kind: ActionKind,
        /// How bad it is.
        severity: Severity,
        /// Where it stands now.
        status: ActionStatus,
    },
}

/// Which part of a timeline is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TimelineQuery {
    /// Where the page begins.
    pub cursor: Option<String>,
    /// How many, at most 200.
    pub limit: Option<u16>,
}
