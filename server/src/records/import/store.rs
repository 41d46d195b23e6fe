//! The rows of imports, and what a batch asks of records.

use std::collections::HashMap;

use px360_domain::access::Reach;
use px360_domain::ids::UserId;
use px360_domain::records::{Import, ImportStatus, RecordKind, RowFaults};
use serde_json::{Map, Value};
use sqlx::types::Json;
use uuid::Uuid;

use super::batch::Outcome;
use super::run::{Open, Waiting};
use super::table::Table;
use crate::error::Result;
use crate::tx::{Reader, Tx};

/// The bytes of a piece of a stored file.
const PIECE_BYTES: usize = 1 << 20;
/// How many imports a list shows.
const LISTED_MAX: i64 = 50;

/// Keeps a file.
pub(super) async fn insert(
    tx: &mut Tx,
    id: Uuid,
    kind: RecordKind,
    file_name: &str,
    table: &Table,
    created_by: UserId,
) -> Result<()> {
    let now = tx.now();
    let no_mapping: Vec<Option<String>> = vec![None; table.columns.len()];
    sqlx::query!(
        "insert into imports
            (id, kind, file_name, status, columns, sample, mapping, rows, bytes, read, read_bytes,
             made, changed, same, faulty, created_by, created_at)
         values ($1, $2, $3, 'uploaded', $4, $5, $6, $7, $8, 0, 0, 0, 0, 0, 0, $9, $10)",
        id,
        kind as RecordKind,
        file_name,
        Json(&table.columns) as _,
        Json(&table.sample) as _,
        Json(&no_mapping) as _,
        count(table.rows as usize),
        i64::try_from(table.csv.len()).unwrap_or(i64::MAX),
        created_by as UserId,
        now,
    )
    .execute(tx.db())
    .await?;
    let mut begins: i64 = 0;
    for piece in table.csv.chunks(PIECE_BYTES) {
        sqlx::query!(
            "insert into import_pieces (import_id, begins, bytes) values ($1, $2, $3)",
            id,
            begins,
            piece,
        )
        .execute(tx.db())
        .await?;
        begins += i64::try_from(piece.len()).unwrap_or(i64::MAX);
    }
    Ok(())
}

/// An import of this person.
pub(super) async fn find(read: Reader<'_>, id: Uuid, me: UserId) -> Result<Option<Import>> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, kind as "kind: RecordKind", file_name, status as "status: ImportStatus",
                  columns as "columns: Json<Vec<String>>", sample as "sample: Json<Vec<Vec<String>>>",
                  mapping as "mapping: Json<Vec<Option<String>>>", rows, read, made, changed, same,
                  faulty, failure, created_at, finished_at
           from imports where id = $1 and created_by = $2"#,
        id,
        me as UserId,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?;
    Ok(row.map(Row::into_import))
}

/// The newest imports of this person.
pub(super) async fn list(read: Reader<'_>, me: UserId) -> Result<Vec<Import>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id, kind as "kind: RecordKind", file_name, status as "status: ImportStatus",
                  columns as "columns: Json<Vec<String>>", sample as "sample: Json<Vec<Vec<String>>>",
                  mapping as "mapping: Json<Vec<Option<String>>>", rows, read, made, changed, same,
                  faulty, failure, created_at, finished_at
           from imports where created_by = $1 order by id desc limit $2"#,
        me as UserId,
        LISTED_MAX,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows.into_iter().map(Row::into_import).collect())
}

struct Row {
    id: Uuid,
    kind: RecordKind,
    file_name: String,
    status: ImportStatus,
    columns: Json<Vec<String>>,
    sample: Json<Vec<Vec<String>>>,
    mapping: Json<Vec<Option<String>>>,
    rows: i32,
    read: i32,
    made: i32,
    changed: i32,
    same: i32,
    faulty: i32,
    failure: Option<String>,
    created_at: chrono::DateTime<chrono::Utc>,
    finished_at: Option<chrono::DateTime<chrono::Utc>>,
}

impl Row {
    fn into_import(self) -> Import {
        let number = |count| u32::try_from(count).unwrap_or_default();
        Import {
            id: self.id,
            kind: self.kind,
            file_name: self.file_name,
            status: self.status,
            columns: self.columns.0,
            sample: self.sample.0,
            mapping: self.mapping.0,
            rows: number(self.rows),
            read: number(self.read),
            made: number(self.made),
            changed: number(self.changed),
            same: number(self.same),
            faulty: number(self.faulty),
            failure: self.failure,
            created_at: self.created_at,
            finished_at: self.finished_at,
        }
    }
}

/// Faulty rows behind this one, in the order of the file. Ask for the import before.
pub(super) async fn faults(
    read: Reader<'_>,
    id: Uuid,
    behind: i32,
    limit: i64,
) -> Result<Vec<RowFaults>> {
    let rows = sqlx::query!(
        r#"select row, cells as "cells: Json<Vec<String>>",
                  faults as "faults: Json<Vec<px360_domain::FieldFault>>"
           from import_faults where import_id = $1 and row > $2 order by row limit $3"#,
        id,
        behind,
        limit,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    let faults = rows.into_iter().map(|row| RowFaults {
        row: u32::try_from(row.row).unwrap_or_default(),
        cells: row.cells.0,
        faults: row.faults.0,
    });
    Ok(faults.collect())
}

/// From the beginning, unless a job is at it.
pub(super) async fn start(
    tx: &mut Tx,
    id: Uuid,
    status: ImportStatus,
    mapping: &Value,
) -> Result<bool> {
    let now = tx.now();
    let started = sqlx::query!(
        "update imports
         set status = $2, mapping = $3, read = 0, read_bytes = 0, made = 0, changed = 0, same = 0,
             faulty = 0, failure = null, started_at = $4, finished_at = null
         where id = $1 and status in ('uploaded', 'checked', 'stopped')",
        id,
        status as ImportStatus,
        mapping,
        now,
    )
    .execute(tx.db())
    .await?;
    sqlx::query!("delete from import_faults where import_id = $1", id).execute(tx.db()).await?;
    Ok(started.rows_affected() == 1)
}

/// The import that waits longest, but for those that somebody else is at.
pub(super) async fn next(read: Reader<'_>, but: &[Uuid]) -> Result<Option<Waiting>> {
    Ok(sqlx::query_as!(
        Waiting,
        r#"select id, kind as "kind: RecordKind", created_by as "created_by: UserId"
           from imports
           where status in ('checking', 'running') and id <> all($1)
           order by started_at, id limit 1"#,
        but,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?)
}

/// Takes an import into one's hands for this unit of work; none when somebody else has it.
pub(super) async fn claim(tx: &mut Tx, id: Uuid) -> Result<Option<Open>> {
    let row = sqlx::query!(
        r#"select status as "status: ImportStatus", jsonb_array_length(columns) as "columns!",
                  mapping as "mapping: Json<Vec<Option<String>>>", bytes, read_bytes
           from imports
           where id = $1 and status in ('checking', 'running')
           for update skip locked"#,
        id,
    )
    .fetch_optional(tx.db())
    .await?;
    Ok(row.map(|row| Open {
        status: row.status,
        columns: usize::try_from(row.columns).unwrap_or_default(),
        mapping: row.mapping.0,
        bytes: row.bytes,
        read_bytes: row.read_bytes,
    }))
}

/// Some bytes of a stored file.
pub(super) async fn bytes(tx: &mut Tx, id: Uuid, from: i64, length: i64) -> Result<Vec<u8>> {
    let pieces = sqlx::query!(
        "select begins, bytes from import_pieces
         where import_id = $1 and begins + length(bytes) > $2 and begins < $2 + $3
         order by begins",
        id,
        from,
        length,
    )
    .fetch_all(tx.db())
    .await?;
    let mut bytes = Vec::new();
    for piece in pieces {
        let skipped = usize::try_from(from - piece.begins).unwrap_or_default();
        bytes.extend_from_slice(piece.bytes.get(skipped..).unwrap_or_default());
    }
    Ok(bytes)
}

/// How far a batch came, and what became of its lines.
pub(super) struct Step<'a> {
    pub(super) id: Uuid,
    pub(super) from: i64,
    pub(super) behind: i64,
    pub(super) read: usize,
    pub(super) outcome: &'a Outcome,
}

/// Notes how far the file is read; false when somebody else was faster.
pub(super) async fn advance(tx: &mut Tx, step: &Step<'_>, is_over: bool) -> Result<bool> {
    let now = tx.now();
    let Outcome { made, changed, same, faults } = step.outcome;
    let noted = sqlx::query!(
        "update imports
         set read = read + $4, read_bytes = $3, made = made + $5, changed = changed + $6,
             same = same + $7, faulty = faulty + $8,
             status = case when not $9 then status
                           when status = 'checking' then 'checked' else 'done' end,
             finished_at = case when $9 then $10::timestamptz end
         where id = $1 and read_bytes = $2 and status in ('checking', 'running')",
        step.id,
        step.from,
        step.behind,
        count(step.read),
        count(made.len()),
        count(changed.len()),
        count(*same),
        count(faults.len()),
        is_over,
        now,
    )
    .execute(tx.db())
    .await?;
    if noted.rows_affected() == 0 {
        return Ok(false);
    }
    let rows: Vec<i32> = faults.iter().map(|(line, _)| count(line.row as usize)).collect();
    let cells: Vec<Value> = faults.iter().map(|(line, _)| serde_json::json!(line.cells)).collect();
    let told: Vec<Value> = faults.iter().map(|(_, faults)| serde_json::json!(faults)).collect();
    sqlx::query!(
        "insert into import_faults (import_id, row, cells, faults)
         select $1, * from unnest($2::integer[], $3::jsonb[], $4::jsonb[])
         on conflict do nothing",
        step.id,
        &rows,
        &cells,
        &told,
    )
    .execute(tx.db())
    .await?;
    Ok(true)
}

/// Ends an import that cannot go on.
pub(super) async fn stop(tx: &mut Tx, id: Uuid, failure: &str) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "update imports set status = 'stopped', failure = $2, finished_at = $3
         where id = $1 and status in ('checking', 'running')",
        id,
        failure,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// A hospital and what it is called.
pub(super) struct HospitalWords {
    pub(super) id: Uuid,
    pub(super) code: String,
    pub(super) name_ar: String,
    pub(super) name_en: String,
}

/// The hospitals within reach.
pub(super) async fn hospitals(tx: &mut Tx, reach: &Reach) -> Result<Vec<HospitalWords>> {
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
pub(super) async fn named(
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
pub(super) async fn known(
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
pub(super) async fn known_patients(
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

/// Keeps new patients with their record numbers, all or none.
pub(super) async fn insert_patients(
    tx: &mut Tx,
    ids: &[Uuid],
    docs: &[Value],
) -> Result<(), sqlx::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into patients
            (id, name_ar, name_en, id_kind, national_id, birth_date, sex, mobile, email, language,
             preferred_channel, guardian_name, guardian_relation, guardian_mobile, consent,
             do_not_contact, deceased, is_demo, described_at, version, created_at)
         select given.id, new.name_ar, new.name_en, new.id_kind, new.national_id, new.birth_date,
                new.sex, new.mobile, new.email, new.language, new.preferred_channel,
                new.guardian_name, new.guardian_relation, new.guardian_mobile, new.consent,
                new.do_not_contact, new.deceased, false, $3, 1, $3
         from unnest($1::uuid[], $2::jsonb[]) as given (id, doc)
         cross join lateral jsonb_populate_record(null::patients, given.doc) as new",
        ids,
        docs,
        now,
    )
    .execute(tx.db())
    .await?;
    sqlx::query!(
        "insert into patient_mrns (hospital_id, mrn, patient_id)
         select (item ->> 'hospital_id')::uuid, item ->> 'mrn', given.id
         from unnest($1::uuid[], $2::jsonb[]) as given (id, doc)
         cross join lateral jsonb_array_elements(given.doc -> 'mrns') as kept (item)",
        ids,
        docs,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}
