//! Files of records: what their columns can fill, and what an import tells of itself.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Field, Form, RecordKind, parse_text};
use crate::FieldFault;

closed_enum! {
    /// How far an import is.
    pub enum ImportStatus {
        /// The file is there; nobody has said yet what its columns mean.
        Uploaded => "uploaded",
        /// Each row is tried, and nothing kept.
        Checking => "checking",
        /// Each row was tried; what would become of them is known.
        Checked => "checked",
        /// Rows are written.
        Running => "running",
        /// Every row was written or told of.
        Done => "done",
        /// It cannot go on; `failure` says why. What was written stays.
        Stopped => "stopped",
    }
}

impl ImportStatus {
    /// Whether a job works on it.
    pub const fn is_busy(self) -> bool {
        matches!(self, Self::Checking | Self::Running)
    }
}

/// The most columns of a file.
pub const COLUMNS_MAX: usize = 200;

/// Something that a column can fill: a field, or the field of a field's rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// The field of the record.
    pub field: &'static Field,
    /// The field of its rows, where it has rows: a file has one of them per line.
    pub of_rows: Option<&'static Field>,
    /// Whether lines are known by it: two with the same values are about one record.
    pub is_key: bool,
}

impl Target {
    /// Its name in a mapping: `name_ar`, `mrns.mrn`.
    pub fn name(&self) -> String {
        match self.of_rows {
            Some(inner) => format!("{}.{}", self.field.name, inner.name),
            None => self.field.name.to_owned(),
        }
    }

    /// The field that a cell is read by.
    pub fn leaf(&self) -> &'static Field {
        self.of_rows.unwrap_or(self.field)
    }
}

impl RecordKind {
    /// Whether records of this kind can come in a file. Users cannot: passwords are in no file.
    pub const fn can_be_imported(self) -> bool {
        !matches!(self, Self::User)
    }

    /// Whatever a column can fill.
    pub fn targets(self) -> Vec<Target> {
        let known = self.fields().iter().filter(|field| !field.derived);
        known
            .flat_map(|field| match field.form {
                Form::Secret => Vec::new(),
                Form::Rows(rows) => {
                    let of = |inner| Target {
                        field,
                        of_rows: Some(inner),
                        is_key: self == Self::Patient,
                    };
                    rows.iter().map(of).collect()
                }
                _ => vec![Target { field, of_rows: None, is_key: self.is_known_by(field.name) }],
            })
            .collect()
    }

    fn is_known_by(self, name: &str) -> bool {
        match self {
            Self::Hospital => name == "code",
            Self::Department => matches!(name, "hospital_id" | "code"),
            Self::Physician => name == "licence",
            Self::Employee => matches!(name, "hospital_id" | "number"),
            Self::Patient | Self::User => false,
        }
    }
}

/// An import, as lists and pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Import {
    /// Which.
    pub id: Uuid,
    /// What the file holds.
    pub kind: RecordKind,
    /// What the file is called.
    pub file_name: String,
    /// How far it is.
    pub status: ImportStatus,
    /// The heads of its columns.
    pub columns: Vec<String>,
    /// Its first rows.
    pub sample: Vec<Vec<String>>,
    /// The target that each column fills; none for what is left out.
    pub mapping: Vec<Option<String>>,
    /// Rows below the heads that are not empty.
    pub rows: u32,
    /// Rows that were read so far.
    pub read: u32,
    /// Records that are (or would be) new.
    pub made: u32,
    /// Records that are (or would be) changed.
    pub changed: u32,
    /// Rows that say nothing new.
    pub same: u32,
    /// Rows that cannot be kept.
    pub faulty: u32,
    /// Why it was stopped: the code of a refusal.
    pub failure: Option<String>,
    /// When the file came.
    pub created_at: DateTime<Utc>,
    /// When the last row was read.
    pub finished_at: Option<DateTime<Utc>>,
}

/// A row that cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RowFaults {
    /// Its line in the file; the heads are line 1.
    pub row: u32,
    /// What stands in it.
    pub cells: Vec<String>,
    /// What is wrong.
    pub faults: Vec<FieldFault>,
}

/// An import, and the first rows that cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportDetail {
    /// The import.
    pub import: Import,
    /// At most [`FAULTS_SHOWN_MAX`] of its faulty rows.
    pub faults: Vec<RowFaults>,
}

/// How many faulty rows a page shows; the file of errors has all of them.
pub const FAULTS_SHOWN_MAX: i64 = 50;

/// Begins to read a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartImport {
    /// The target that each column fills, in the order of the columns; none for what is left out.
    pub mapping: Vec<Option<String>>,
    /// Whether to try only.
    pub dry_run: bool,
}

/// Reads the mapping of a file's columns.
///
/// # Errors
/// `mapping`: `wrong_length`, `unknown_field` or `twice`; the name of a key that no column fills:
/// `required`. A hospital may be left out: it is then the only one that the caller works in.
pub fn read_mapping(
    kind: RecordKind,
    columns: usize,
    mapping: &[Option<String>],
) -> Result<Vec<Option<Target>>, Vec<FieldFault>> {
    let targets = kind.targets();
    let mut faults = Vec::new();
    if mapping.len() != columns {
        faults.push(FieldFault::new("mapping", "wrong_length"));
    }
    let mut read: Vec<Option<Target>> = Vec::with_capacity(mapping.len());
    for name in mapping {
        let target = name.as_ref().map(|name| targets.iter().find(|target| target.name() == *name));
        match target {
            None => read.push(None),
            Some(None) => faults.push(FieldFault::new("mapping", "unknown_field")),
            Some(Some(target)) if read.contains(&Some(*target)) => {
                faults.push(FieldFault::new("mapping", "twice"));
            }
            Some(Some(target)) => read.push(Some(*target)),
        }
    }
    let is_filled = |target: &Target| read.contains(&Some(*target));
    let missing = targets.iter().filter(|target| {
        target.is_key && target.leaf().name != "hospital_id" && !is_filled(target)
    });
    faults.extend(missing.map(|target| FieldFault::new(&target.name(), "required")));
    if faults.is_empty() { Ok(read) } else { Err(faults) }
}

/// What a line says: the document it describes, and the references that are still written as people write
/// them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadRow {
    /// Fields by name, as REST has them; empty cells are not there.
    pub doc: Map<String, Value>,
    /// What the cells of references say, by the target's name.
    pub references: Vec<(Target, String)>,
    /// What cannot be read.
    pub faults: Vec<FieldFault>,
}

/// Reads the cells of a line by their targets.
pub fn read_row(mapping: &[Option<Target>], cells: &[String]) -> ReadRow {
    let mut row = ReadRow::default();
    for (target, cell) in mapping.iter().zip(cells) {
        let Some(target) = target else { continue };
        let cell = as_it_was(cell.trim());
        if cell.is_empty() {
            continue;
        }
        let leaf = target.leaf();
        if let Form::Ref(_) = leaf.form {
            row.references.push((*target, cell.to_owned()));
            continue;
        }
        match parse_text(leaf, said_otherwise(leaf, cell)) {
            Ok(value) => row.put(target, value),
            Err(code) => row.faults.push(FieldFault::new(&target.name(), code)),
        }
    }
    row
}

impl ReadRow {
    /// Keeps the value of a cell.
    pub fn put(&mut self, target: &Target, value: Value) {
        let Some(inner) = target.of_rows else {
            self.doc.insert(target.field.name.to_owned(), value);
            return;
        };
        let rows = self.doc.entry(target.field.name).or_insert_with(|| json!([{}]));
        if let Some(first) = rows.get_mut(0).and_then(Value::as_object_mut) {
            first.insert(inner.name.to_owned(), value);
        }
    }
}

/// Our own files put an apostrophe before what a spreadsheet would take for a formula, phone numbers among
/// it; whoever mends such a file sends it back.
fn as_it_was(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}

/// Words that files of hospitals have for ours.
fn said_otherwise<'a>(field: &Field, cell: &'a str) -> &'a str {
    if field.name != "sex" {
        return cell;
    }
    match cell.to_lowercase().as_str() {
        "m" | "ذكر" => "male",
        "f" | "أنثى" | "انثى" | "أنثي" | "انثي" => "female",
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(names: &[&str]) -> Vec<Option<String>> {
        names.iter().map(|name| (!name.is_empty()).then(|| (*name).to_owned())).collect()
    }

    #[test]
    fn a_line_becomes_a_document_without_its_empty_cells() {
        let names = mapping(&["mrns.mrn", "mrns.hospital_id", "", "sex", "mobile", "birth_date"]);
        let targets = read_mapping(RecordKind::Patient, 6, &names).unwrap();
        let cells = ["00417", "RYD", "x", "أنثى", "", "25/11/1990"].map(str::to_owned);
        let row = read_row(&targets, &cells);
        assert_eq!(
            Value::Object(row.doc),
            json!({ "mrns": [{ "mrn": "00417" }], "sex": "female", "birth_date": "1990-11-25" })
        );
        assert_eq!(row.references.len(), 1);
        assert_eq!(row.references[0].1, "RYD");
        assert!(row.faults.is_empty());
    }

    #[test]
    fn a_cell_that_cannot_be_read_is_named_by_its_target() {
        let names = mapping(&["mrns.mrn", "mobile"]);
        let targets = read_mapping(RecordKind::Patient, 2, &names).unwrap();
        let row = read_row(&targets, &["1".to_owned(), "call me".to_owned()]);
        assert_eq!(row.faults.len(), 1);
        assert_eq!(row.faults[0].field, "mobile");
    }

    #[test]
    fn a_mapping_names_each_field_once_and_every_key() {
        let refused = |names: &[&str]| {
            let faults = read_mapping(RecordKind::Employee, names.len(), &mapping(names));
            let faults = faults.unwrap_err().into_iter();
            faults.map(|fault| format!("{} {}", fault.field, fault.code)).collect::<Vec<_>>()
        };
        assert_eq!(refused(&["name_ar"]), ["number required"]);
        assert_eq!(refused(&["number", "number"]), ["mapping twice"]);
        assert_eq!(refused(&["number", "password"]), ["mapping unknown_field"]);
        let short = read_mapping(RecordKind::Employee, 2, &mapping(&["number"]));
        assert_eq!(short.unwrap_err()[0].code, "wrong_length");
    }

    #[test]
    fn whatever_can_be_imported_is_known_by_something() {
        for kind in RecordKind::ALL.iter().filter(|kind| kind.can_be_imported()) {
            assert!(kind.targets().iter().any(|target| target.is_key), "{kind}");
        }
    }
}
