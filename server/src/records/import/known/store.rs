//! What a batch asks of records: who is there already, what a file calls somebody, and all the new at once.

use std::collections::HashMap;

use px360_domain::access::Reach;
use px360_domain::records::RecordKind;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::error::Result;
use crate::tx::Tx;

/// A hospital and what it is called.
pub(in crate::records::import) struct HospitalWords {
    pub(in crate::records::import) id: Uuid,
    pub(in crate::records::import) code: String,
    pub(in crate::records::import) name_ar: String,
    pub(in crate::records::import) name_en: String,
}

/// The hospitals within reach.
pub(in crate::records::import) async fn hospitals(
    tx: &mut Tx,
    reach: &Reach,
) -> Result<Vec<HospitalWords>> {
    Ok(sqlx::query_as!(
        HospitalWords,
        r#"select name.id as "id!", name.code as "code!", name.name_ar as "name_ar!",
                  name.name_en as "name_en!"
           from hospital_names as name
           where exists (select from hospital_records($1, $2, $3, $4, true) as record
                         where record.id = name.id)"#,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        reach.own as _,
    )
    .fetch_all(tx.db())
    .await?)
}

/// What a file calls a record of another kind: its code, number or name to sign in with. None for what is
/// called so by nobody, or by two.
pub(in crate::records::import) async fn named(
    tx: &mut Tx,
    of: RecordKind,
    hospital: Option<Uuid>,
    word: &str,
) -> Result<Option<Uuid>> {
    let ids = sqlx::query_scalar!(
        r#"select id as "id!" from (
               select id from departments
               where $1 = 'department' and hospital_id = $2 and deleted_at is null
                 and (lower(code) = lower($3) or fold_words(name_ar) = fold_words($3)
                      or fold_words(name_en) = fold_words($3))
               union all
               select id from employees
               where $1 = 'employee' and hospital_id = $2 and deleted_at is null and number = $3
               union all
               select id from users
               where $1 = 'user' and deleted_at is null and lower(username) = lower($3)
               union all
               select id from physicians
               where $1 = 'physician' and deleted_at is null and licence = $3
           ) as called limit 2"#,
        of.as_str(),
        hospital,
        word,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(match ids.as_slice() {
        [id] => Some(*id),
        _ => None,
    })
}

/// The record that a document is about, by its key, whether it is within reach or not.
pub(in crate::records::import) async fn known(
    tx: &mut Tx,
    kind: RecordKind,
    doc: &Map<String, Value>,
) -> Result<Option<Uuid>> {
    let text = |name: &str| doc.get(name).and_then(Value::as_str);
    let id = |value: Option<&str>| value.and_then(|id| id.parse::<Uuid>().ok());
    let mrn = doc.get("mrns").and_then(|mrns| mrns.get(0));
    let of_mrn = |name: &str| mrn.and_then(|mrn| mrn.get(name)).and_then(Value::as_str);
    Ok(sqlx::query_scalar!(
        r#"select id as "id!" from (
               select id from hospitals where $1 = 'hospital' and code = $2
               union all
               select id from departments
               where $1 = 'department' and hospital_id = $3 and code = $2
               union all
               select id from physicians where $1 = 'physician' and licence = $4
               union all
               select id from employees
               where $1 = 'employee' and hospital_id = $3 and number = $5
               union all
               select patient_id from patient_mrns
               where $1 = 'patient' and hospital_id = $6 and mrn = $7
           ) as known limit 1"#,
        kind.as_str(),
        text("code"),
        id(text("hospital_id")),
        text("licence"),
        text("number"),
        id(of_mrn("hospital_id")),
        of_mrn("mrn"),
    )
    .fetch_optional(tx.db())
    .await?)
}

/// Those of these record numbers that belong to somebody.
pub(in crate::records::import) async fn known_patients(
    tx: &mut Tx,
    keys: impl Iterator<Item = (Uuid, String)>,
) -> Result<HashMap<(Uuid, String), Uuid>> {
    let (hospitals, mrns): (Vec<Uuid>, Vec<String>) = keys.unzip();
    let rows = sqlx::query!(
        "select mrn.hospital_id, mrn.mrn, mrn.patient_id
         from unnest($1::uuid[], $2::text[]) as asked (hospital_id, mrn)
         join patient_mrns as mrn using (hospital_id, mrn)",
        &hospitals,
        &mrns,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(rows.into_iter().map(|row| ((row.hospital_id, row.mrn), row.patient_id)).collect())
}
