//! The rows of imports.

use chrono::{DateTime, Utc};
use px360_domain::ids::UserId;
use px360_domain::records::{Import, ImportStatus, RecordKind, RowFaults};
use serde_json::Value;
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

/// The newest imports of this person, or one of them.
pub(super) async fn imports(read: Reader<'_>, me: UserId, id: Option<Uuid>) -> Result<Vec<Import>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id, kind as "kind: RecordKind", file_name, status as "status: ImportStatus",
                  columns as "columns: Json<Vec<String>>", sample as "sample: Json<Vec<Vec<String>>>",
                  mapping as "mapping: Json<Vec<Option<String>>>", rows, read, made, changed, same,
                  faulty, failure, created_at, finished_at
           from imports where created_by = $1 and ($2::uuid is null or id = $2)
           order by id desc limit $3"#,
        me as UserId,
        id,
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

/// Takes an import into one's hands for this unit of work; none when another run reads files.
pub(super) async fn claim(tx: &mut Tx, id: Uuid) -> Result<Option<Open>> {
    let row = sqlx::query!(
        r#"select status as "status: ImportStatus", jsonb_array_length(columns) as "columns!",
                  mapping as "mapping: Json<Vec<Option<String>>>", bytes, read_bytes
           from imports
           where id = $1 and status in ('checking', 'running')
             and pg_try_advisory_xact_lock(hashtextextended('records.import', 0))
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
    pub(super) behind: i64,
    pub(super) read: usize,
    pub(super) outcome: &'a Outcome,
}

/// Notes how far a claimed file is read, and what cannot be kept of it. A file that is done is forgotten.
pub(super) async fn advance(tx: &mut Tx, step: &Step<'_>, is_over: bool) -> Result<()> {
    let now = tx.now();
    let Outcome { made, changed, same, faults } = step.outcome;
    sqlx::query!(
        "update imports
         set read = read + $3, read_bytes = $2, made = made + $4, changed = changed + $5,
             same = same + $6, faulty = faulty + $7,
             status = case when not $8 then status
                           when status = 'checking' then 'checked' else 'done' end,
             finished_at = case when $8 then $9::timestamptz end
         where id = $1",
        step.id,
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
    sqlx::query!(
        "delete from import_pieces using imports
         where import_id = $1 and imports.id = $1 and imports.status = 'done'",
        step.id,
    )
    .execute(tx.db())
    .await?;
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
    Ok(())
}

/// Takes imports away that came before an instant and that no job is at; says how many.
pub(super) async fn forget(tx: &mut Tx, before: DateTime<Utc>, limit: i64) -> Result<usize> {
    let old: Vec<Uuid> = sqlx::query_scalar!(
        "select id from imports
         where created_at < $1 and status not in ('checking', 'running')
         order by created_at limit $2
         for update skip locked",
        before,
        limit,
    )
    .fetch_all(tx.db())
    .await?;
    sqlx::query!("delete from import_pieces where import_id = any($1)", &old)
        .execute(tx.db())
        .await?;
    sqlx::query!("delete from import_faults where import_id = any($1)", &old)
        .execute(tx.db())
        .await?;
    sqlx::query!("delete from imports where id = any($1)", &old).execute(tx.db()).await?;
    Ok(old.len())
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
