//! What crosses the wire about records.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{OpenGlass, PatientKin, RecordKind};
use crate::Bilingual;

/// Which records of a kind, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordQuery {
    /// Words that all must occur, in whatever spelling.
    pub search: Option<String>,
    /// A field that lists can be ordered by, with `-` before it for the other way round; newest
    /// first when absent.
    pub ordering: Option<String>,
    /// Fields that lists can be narrowed by, and the value that each must have.
    pub filters: Vec<(String, String)>,
    /// Opaque, from the page before.
    pub cursor: Option<String>,
    /// How many rows, 1 to [`PAGE_SIZE_MAX`](crate::page::PAGE_SIZE_MAX); 50 when absent.
    pub limit: Option<u16>,
}

/// What stands in one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldValue {
    /// Nothing.
    Empty,
    /// Words, numbers, days, words of a choice.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// Another record.
    Ref {
        /// Which.
        id: Uuid,
        /// What it is called.
        name: Bilingual,
    },
    /// Several rows, each with the fields of the description in its order.
    Rows(Vec<Vec<FieldValue>>),
}

/// One record, as our own pages see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordView {
    /// Which.
    pub id: Uuid,
    /// Grows with each change; a change names the one it was made on.
    pub version: i64,
    /// The fields in the order of the description.
    pub values: Vec<FieldValue>,
}

/// One page of records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordList {
    /// The rows.
    pub items: Vec<RecordView>,
    /// Give back as `cursor` for the next page.
    pub next_cursor: Option<String>,
    /// How many there are on all pages; none when they are more than [`TOTAL_MAX`], and where it [is not
    /// counted](is_counted).
    pub total: Option<u32>,
    /// Whether nothing is called what was asked for, and these are called nearly so, likest first.
    pub alike: bool,
    /// Whether the reader may make and change such records.
    pub may_write: bool,
}

/// Beyond this many a list does not count its rows.
pub const TOTAL_MAX: u32 = 10_000;

/// Whether a list says how many there are beyond its first page: whoever searches a million patients types
/// another word, and does not wait for a number.
pub const fn is_counted(kind: RecordKind, is_search: bool) -> bool {
    !(is_search && matches!(kind, RecordKind::Patient))
}

/// One record, and what the reader may do with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordDetail {
    /// The record.
    pub record: RecordView,
    /// Whether the reader may change it.
    pub may_write: bool,
    /// Whether what tells who a patient is has been masked.
    pub is_masked: bool,
    /// The glass that somebody broke to see who this is.
    pub glass: Option<OpenGlass>,
    /// Who a patient may be besides; nothing for whoever may not merge.
    pub kin: PatientKin,
}

/// The departments within reach, with what they stand below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentTree {
    /// The hospitals that they are in, by name.
    pub hospitals: Vec<TreeHospital>,
    /// The departments, by code.
    pub departments: Vec<TreeDepartment>,
    /// Whether the reader may move them.
    pub may_write: bool,
    /// Whether there are more than a tree shows.
    pub is_cut: bool,
}

/// A hospital at the head of its tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeHospital {
    /// Which.
    pub id: Uuid,
    /// What it is called.
    pub name: Bilingual,
}

/// A department in its tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeDepartment {
    /// Which.
    pub id: Uuid,
    /// Give back with a move.
    pub version: i64,
    /// Of which hospital.
    pub hospital_id: Uuid,
    /// What it stands below; the hospital when nothing.
    pub parent_id: Option<Uuid>,
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: Bilingual,
    /// Whether it is open.
    pub active: bool,
}

/// A record in a list of choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordOption {
    /// Which.
    pub id: Uuid,
    /// What it is called.
    pub name: Bilingual,
    /// What tells it from its namesakes.
    pub detail: String,
}

/// What a form of our own pages sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveRecord {
    /// What kind of record.
    pub kind: RecordKind,
    /// Which one, and the version that it was seen in; none for a new one.
    pub existing: Option<Kept>,
    /// The fields that the form asked for, by their names.
    pub fields: Vec<(String, FieldValue)>,
}

/// What was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Kept {
    /// Which record.
    pub id: Uuid,
    /// Its version now.
    pub version: i64,
}

/// Something that still needs a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// The glossary's word for what needs it.
    pub by: String,
    /// How many of these.
    pub count: u32,
}

impl RecordView {
    /// The value of a field of this kind.
    pub fn value(&self, kind: RecordKind, name: &str) -> &FieldValue {
        let at = kind.fields().iter().position(|field| field.name == name);
        at.and_then(|at| self.values.get(at)).unwrap_or(&FieldValue::Empty)
    }

    /// What it is called.
    pub fn name(&self, kind: RecordKind) -> Bilingual {
        let text = |name| match self.value(kind, name) {
            FieldValue::Text(text) => text.clone(),
            _ => String::new(),
        };
        Bilingual::new(text("name_ar"), text("name_en"))
    }
}
