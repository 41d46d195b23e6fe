//! What crosses the wire about a source's own codes.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::CodeKind;
use crate::Bilingual;
use crate::ids::{HospitalId, SourceId};

/// Says what a code of a source stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetMapping {
    /// Whose code.
    pub source_id: SourceId,
    /// In which hospital it means that.
    pub hospital_id: HospitalId,
    /// What kind of thing it stands for: a department, a physician or an event.
    pub kind: CodeKind,
    /// The code, as the source writes it; 1 to 100 characters.
    pub code: String,
    /// The department or the physician that it is.
    #[serde(default)]
    pub target_id: Option<Uuid>,
    /// The event code of ours that it is.
    #[serde(default)]
    pub event_code: Option<String>,
    /// Nothing is meant by it: what it says is left out. Instead of a target.
    #[serde(default)]
    pub left_out: bool,
}

/// What a code of a source stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mapping {
    /// Which mapping.
    pub id: Uuid,
    /// Whose code.
    pub source_id: SourceId,
    /// What the source is called.
    pub source: String,
    /// In which hospital.
    pub hospital_id: Option<HospitalId>,
    /// What kind of thing.
    pub kind: CodeKind,
    /// The code.
    pub code: String,
    /// The row that it is.
    pub target_id: Option<Uuid>,
    /// Our code of that, or the event code.
    pub target: Option<String>,
    /// Nothing is meant by it.
    pub left_out: bool,
    /// When that was said.
    pub updated_at: DateTime<Utc>,
}

/// A mapping, and what it let go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MappingSet {
    /// The mapping.
    pub mapping: Mapping,
    /// How many messages that waited for it are in the inbox again.
    pub released: u64,
}

/// A code that messages wait for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaitingCode {
    /// Whose code.
    pub source_id: SourceId,
    /// What the source is called.
    pub source: String,
    /// In which hospital.
    pub hospital_id: HospitalId,
    /// Our code of that hospital.
    pub hospital: String,
    /// What kind of thing it should be.
    pub kind: CodeKind,
    /// The code.
    pub code: String,
    /// How many messages wait.
    pub messages: i64,
    /// Since when the first one does.
    pub since: DateTime<Utc>,
}

/// Codes and mappings, each in one list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mappings {
    /// Codes that messages wait for, those with the most messages first; at most 200.
    pub waiting: Vec<WaitingCode>,
    /// What is mapped, by source, kind and code.
    pub mappings: Vec<Mapping>,
}

/// What a code may stand for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MappingTarget {
    /// The row.
    pub id: Uuid,
    /// Our code of it, or the physician's licence.
    pub code: String,
    /// What it is called.
    pub name: Bilingual,
}
