//! Departments and what they stand below.

use px360_domain::Bilingual;
use px360_domain::records::{
    DepartmentTree, RecordKind, RecordQuery, TreeDepartment, TreeHospital,
};
use serde_json::Value;
use uuid::Uuid;

use super::record::Record;
use super::statements::{Asked, Sight};
use super::store;
use crate::ctx::Ctx;
use crate::error::Result;

/// The most departments of a tree. A group of ten large hospitals has a fifth of that.
const DEPARTMENTS_MAX: i64 = 5_000;

const KIND: RecordKind = RecordKind::Department;

/// Every department within the caller's reach.
///
/// # Errors
/// `Forbidden` for whoever sees no departments.
pub async fn tree(ctx: &Ctx) -> Result<DepartmentTree> {
    let granted = ctx.require(KIND.read())?;
    let sight = Sight { reach: granted.reach(), identify: true };
    let query = RecordQuery { ordering: Some("code".to_owned()), ..RecordQuery::default() };
    let asked = Asked::read(KIND, &query)?;
    let read = ctx.read(&granted);
    let mut rows = store::list(read, KIND, sight, &asked, DEPARTMENTS_MAX + 1).await?;
    let most = usize::try_from(DEPARTMENTS_MAX).unwrap_or(usize::MAX);
    let is_cut = rows.len() > most;
    rows.truncate(most);
    let mut hospitals: Vec<TreeHospital> = Vec::new();
    let mut departments = Vec::with_capacity(rows.len());
    for record in rows.into_iter().map(|row| Record::of(KIND, row, true)) {
        let Some(department) = department(&record) else { continue };
        if hospitals.iter().all(|known| known.id != department.hospital_id) {
            let name = record.name_of(department.hospital_id).unwrap_or_default();
            hospitals.push(TreeHospital { id: department.hospital_id, name });
        }
        departments.push(department);
    }
    hospitals.sort_by(|one, other| (&one.name.ar, one.id).cmp(&(&other.name.ar, other.id)));
    let may_write = ctx.may(KIND.write()).is_some();
    Ok(DepartmentTree { hospitals, departments, may_write, is_cut })
}

fn department(record: &Record) -> Option<TreeDepartment> {
    let text = |name: &str| record.doc.get(name).and_then(Value::as_str);
    let id = |name: &str| text(name).and_then(|id| id.parse::<Uuid>().ok());
    let word = |name: &str| text(name).unwrap_or_default().to_owned();
    Some(TreeDepartment {
        id: record.id,
        version: record.version,
        hospital_id: id("hospital_id")?,
        parent_id: id("parent_id"),
        code: word("code"),
        name: Bilingual { ar: word("name_ar"), en: word("name_en") },
        active: record.doc.get("active").and_then(Value::as_bool).unwrap_or(true),
    })
}
