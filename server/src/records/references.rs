//! Whether what a record refers to is there, within reach, and in the same hospital.

use px360_domain::ids::{DepartmentId, HospitalId};
use px360_domain::records::{Field, Form, RecordKind};
use px360_domain::{Failure, FieldFault};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::statements::Sight;
use super::store;
use crate::error::Result;
use crate::tx::Tx;

/// Checks every reference of a document that is about to be kept.
///
/// What the writer may not see is as unknown as what is not there.
///
/// # Errors
/// `Invalid`: `unknown`, or `other_hospital` for something of another hospital than the record's own;
/// `beyond_reach` for a row of another hospital that would be taken away.
pub(super) async fn check(
    tx: &mut Tx,
    kind: RecordKind,
    doc: &Map<String, Value>,
    before: &Map<String, Value>,
) -> Result<()> {
    let mut faults = Vec::new();
    let own = text(doc, "hospital_id");
    for field in kind.fields() {
        let value = doc.get(field.name).unwrap_or(&Value::Null);
        match field.form {
            Form::Ref(of) => {
                faults.extend(fault(tx, of, value, own.as_deref(), field.name.to_owned()).await?);
            }
            Form::Rows(fields) => {
                let rows = rows_of(Some(value));
                let there = rows_of(before.get(field.name));
                // Rows that name no hospital are the record's own.
                let of_hospitals = fields.iter().any(|field| field.name == "hospital_id");
                let is_taken = |row: &Value| !rows.contains(row) && !is_ours(tx, row);
                if of_hospitals && there.iter().any(is_taken) {
                    faults.push(FieldFault::new(field.name, "beyond_reach"));
                }
                // What is there already may be another hospital's, and stays.
                let new = rows.iter().enumerate().filter(|(_, row)| !there.contains(row));
                for (at, row) in new {
                    let path = format!("{}.{at}.", field.name);
                    faults.extend(check_row(tx, fields, row, &path).await?);
                }
            }
            _ => {}
        }
    }
    Ok(Failure::unless_empty(faults)?)
}

fn rows_of(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// Whether a row stands where the writer may write.
fn is_ours(tx: &Tx, row: &Value) -> bool {
    let id = |name: &str| row[name].as_str().and_then(|id| id.parse::<Uuid>().ok());
    let reach = tx.reach();
    id("hospital_id").is_some_and(|hospital| {
        reach.covers(HospitalId(hospital), id("department_id").map(DepartmentId), None)
    })
}

async fn check_row(
    tx: &mut Tx,
    fields: &[Field],
    row: &Value,
    path: &str,
) -> Result<Vec<FieldFault>> {
    let mut faults = Vec::new();
    let own = row["hospital_id"].as_str().map(str::to_owned);
    for field in fields {
        if let Form::Ref(of) = field.form {
            let name = format!("{path}{}", field.name);
            faults.extend(fault(tx, of, &row[field.name], own.as_deref(), name).await?);
        }
    }
    Ok(faults)
}

async fn fault(
    tx: &mut Tx,
    of: RecordKind,
    value: &Value,
    own_hospital: Option<&str>,
    name: String,
) -> Result<Option<FieldFault>> {
    let Some(id) = value.as_str() else { return Ok(None) };
    let Ok(id) = Uuid::parse_str(id) else { return Ok(Some(FieldFault::new(&name, "malformed"))) };
    let Some(granted) = tx.ctx().may(of.read()) else {
        return Ok(Some(FieldFault::new(&name, "unknown")));
    };
    let sight = Sight { reach: granted.reach(), identify: true };
    let Some(found) = store::find_in(tx, of, sight, id).await? else {
        return Ok(Some(FieldFault::new(&name, "unknown")));
    };
    // Users of the whole group have no hospital of their own.
    let theirs = found.doc["hospital_id"].as_str();
    let elsewhere = own_hospital.zip(theirs).is_some_and(|(own, theirs)| own != theirs);
    let bound = matches!(of, RecordKind::Department | RecordKind::Employee);
    Ok((bound && elsewhere).then(|| FieldFault::new(&name, "other_hospital")))
}

fn text(doc: &Map<String, Value>, name: &str) -> Option<String> {
    doc.get(name).and_then(Value::as_str).map(str::to_owned)
}
