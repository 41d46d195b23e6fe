//! Two records of one patient: how one is told from two namesakes, and what becomes of them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Form, Kept, RecordKind, RecordView};
use crate::Bilingual;

closed_enum! {
    /// Why two records may be one patient.
    pub enum DuplicateReason {
        /// The same number of an identity document.
        SameId => "same_id",
        /// The same phone, name and day of birth.
        SamePhone => "same_phone",
    }
}

/// Another record that may be the same patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Duplicate {
    /// Which.
    pub id: Uuid,
    /// What it is called.
    pub name: Bilingual,
    /// A record number.
    pub mrn: String,
    /// Why it may be the same.
    pub reason: DuplicateReason,
}

/// A merge of the past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PatientMerge {
    /// Which.
    pub id: Uuid,
    /// Who is left.
    pub survivor_id: Uuid,
    /// Who went into that.
    pub merged_id: Uuid,
    /// What the one who went was called.
    pub merged_name: Bilingual,
    /// Who did it.
    pub merged_by: Bilingual,
    /// When.
    pub merged_at: DateTime<Utc>,
    /// When it was taken back.
    pub undone_at: Option<DateTime<Utc>>,
}

/// Who a patient may be besides, and who they were found to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientKin {
    /// Records that may be the same patient.
    pub duplicates: Vec<Duplicate>,
    /// Records that were found to be, newest first.
    pub merges: Vec<PatientMerge>,
}

/// What would move from one record to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeCounts {
    /// Record numbers.
    pub mrns: u32,
    /// Journeys.
    pub journeys: u32,
    /// Surveys.
    pub surveys: u32,
    /// Messages.
    pub messages: u32,
}

/// Two records side by side, before they are one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergePreview {
    /// Who would be left.
    pub survivor: RecordView,
    /// Who would go into that.
    pub merged: RecordView,
    /// What would move.
    pub counts: MergeCounts,
}

/// Merges two patients.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MergePatients {
    /// The version that the survivor was seen in.
    pub version: i64,
    /// Who goes into it, and the version it was seen in.
    pub merged: Kept,
    /// The fields that the survivor takes from the other; it keeps its own otherwise.
    #[serde(default)]
    pub take: Vec<String>,
}

/// What is never lost in a merge, whichever record says it: that somebody died, or wants no messages.
const NEVER_LOST: [(&str, Value); 2] =
    [("deceased", Value::Bool(true)), ("do_not_contact", Value::Bool(true))];

/// What the survivor becomes: the fields that change, with their new values. Record numbers are not among
/// them, for they all stay. The kind of an identity document goes with its number.
///
/// # Errors
/// The name of a field that cannot be taken.
pub fn merged_fields<'a>(
    survivor: &Map<String, Value>,
    merged: &Map<String, Value>,
    take: &'a [String],
) -> Result<Map<String, Value>, &'a str> {
    let mut becomes = Map::new();
    for name in take {
        let field = RecordKind::Patient.field(name).filter(|field| can_be_taken(field.form));
        let field = field.ok_or(name.as_str())?;
        let together: &[&str] = match field.name {
            "national_id" | "id_kind" => &["national_id", "id_kind"],
            name => &[name],
        };
        for name in together {
            becomes.insert((*name).to_owned(), merged.get(*name).cloned().unwrap_or_default());
        }
    }
    for (name, value) in NEVER_LOST {
        if survivor.get(name) == Some(&value) || merged.get(name) == Some(&value) {
            becomes.insert(name.to_owned(), value);
        }
    }
    let withdrawn = Value::from("withdrawn");
    if [survivor, merged].iter().any(|doc| doc.get("consent") == Some(&withdrawn)) {
        becomes.insert("consent".to_owned(), withdrawn);
    }
    becomes.retain(|name, value| survivor.get(name) != Some(value));
    Ok(becomes)
}

/// Whether a field is chosen from one of two records: several rows stay from both.
pub const fn can_be_taken(form: Form) -> bool {
    !matches!(form, Form::Rows(_))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn doc(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn the_survivor_takes_what_was_chosen_and_no_more() {
        let survivor =
            doc(json!({ "name_ar": "سارة", "mobile": null, "national_id": null, "id_kind": null }));
        let merged = doc(json!({ "name_ar": "ساره", "mobile": "+966512345678", "national_id": "1",
                                 "id_kind": "passport" }));
        let take = ["mobile".to_owned(), "national_id".to_owned()];
        let becomes = merged_fields(&survivor, &merged, &take).unwrap();
        let expected =
            json!({ "mobile": "+966512345678", "national_id": "1", "id_kind": "passport" });
        assert_eq!(Value::Object(becomes), expected);
    }

    #[test]
    fn that_somebody_died_or_wants_no_messages_is_never_lost() {
        let survivor =
            doc(json!({ "deceased": false, "do_not_contact": true, "consent": "given" }));
        let merged =
            doc(json!({ "deceased": true, "do_not_contact": false, "consent": "withdrawn" }));
        let take = ["do_not_contact".to_owned(), "deceased".to_owned()];
        let becomes = merged_fields(&survivor, &merged, &take).unwrap();
        assert_eq!(Value::Object(becomes), json!({ "deceased": true, "consent": "withdrawn" }));
    }

    #[test]
    fn numbers_are_not_chosen_for_they_all_stay() {
        let take = ["mrns".to_owned()];
        assert_eq!(merged_fields(&Map::new(), &Map::new(), &take), Err("mrns"));
    }
}
