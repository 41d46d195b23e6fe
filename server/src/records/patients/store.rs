//! The rows of patients and of the numbers that hospitals know them by.

use px360_domain::records::Use;
use serde_json::Value;
use uuid::Uuid;

use crate::error::Result;
use crate::records::record::Row;
use crate::records::statements::{Asked, Sight};
use crate::records::write::used;
use crate::tx::{Reader, Tx};

/// The newest patients within sight that have all words and fields that were asked for.
pub(in crate::records) async fn found(
    read: Reader<'_>,
    Sight { reach, identify }: Sight<'_>,
    asked: &Asked,
    limit: i64,
) -> Result<Vec<Row>> {
    Ok(sqlx::query_as!(
        Row,
        r#"select id as "id!", version as "version!", doc as "doc!", names as "names!", '' as "place!"
           from patient_records(true, '{}', '{}', null, $1)
           where id = any(array(
                     select * from patients_found($2, $3, $1, $4, $5, $6, $7, $8, $9)))
             and doc @> $10
           order by id desc
           limit $11"#,
        identify,
        asked.word,
        &asked.words,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        reach.own as _,
        asked.after.as_ref().map(|after| after.id),
        few(asked, limit),
        asked.contains,
        limit,
    )
    .fetch_all(&mut *read.db().await?)
    .await?)
}

/// The patients within sight whose names are nearly what was asked for, likest first.
pub(in crate::records) async fn alike(
    read: Reader<'_>,
    Sight { reach, .. }: Sight<'_>,
    asked: &Asked,
    limit: i64,
) -> Result<Vec<Row>> {
    Ok(sqlx::query_as!(
        Row,
        r#"with alike as materialized (
               select array(select * from patients_alike($1, $2, $3, $4, $5, $6)) as ids)
           select id as "id!", version as "version!", doc as "doc!", names as "names!", '' as "place!"
           from patient_records(true, '{}', '{}', null, true)
           where id = any((select ids from alike)::uuid[]) and doc @> $7
           order by array_position((select ids from alike), id)"#,
        &asked.names,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        reach.own as _,
        limit,
        asked.contains,
    )
    .fetch_all(&mut *read.db().await?)
    .await?)
}

/// How many there are, counted no further than this.
pub(in crate::records) async fn count(
    read: Reader<'_>,
    Sight { reach, identify }: Sight<'_>,
    asked: &Asked,
    counted_max: i64,
) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!"
           from (select from patients_found($2, $3, $1, $4, $5, $6, $7, null, $8) as found (id)
                 where $9::jsonb = '{}'
                    or exists (select from patient_records(true, '{}', '{}', null, $1) as record
                               where record.id = found.id and doc @> $9)
                 limit $10) as few"#,
        identify,
        asked.word,
        &asked.words,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        reach.own as _,
        few(asked, counted_max),
        asked.contains,
        counted_max,
    )
    .fetch_one(&mut *read.db().await?)
    .await?)
}

/// How many are enough to look for: all of them, when some will not have the fields that were asked for.
fn few(asked: &Asked, limit: i64) -> Option<i64> {
    let no_filter = asked.contains.as_object().is_none_or(serde_json::Map::is_empty);
    no_filter.then_some(limit)
}

/// Keeps a new patient with their record numbers.
pub(in crate::records) async fn insert(
    tx: &mut Tx,
    id: Uuid,
    doc: &Value,
) -> Result<(), sqlx::Error> {
    insert_all(tx, &[id], std::slice::from_ref(doc)).await
}

/// Keeps new patients with their record numbers, all or none.
pub(in crate::records) async fn insert_all(
    tx: &mut Tx,
    ids: &[Uuid],
    docs: &[Value],
) -> Result<(), sqlx::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into patients
            (id, name_ar, name_en, id_kind, national_id, birth_date, sex, mobile, email, language,
             preferred_channel, preferred_time, guardian_name, guardian_relation, guardian_mobile, consent,
             do_not_contact, deceased, is_demo, described_at, version, created_at)
         select given.id, new.name_ar, new.name_en, new.id_kind, new.national_id, new.birth_date,
                new.sex, new.mobile, new.email, new.language, new.preferred_channel,
                new.preferred_time, new.guardian_name, new.guardian_relation, new.guardian_mobile, new.consent,
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

/// False when the version is stale. Older events do not overwrite what was written by hand.
pub(in crate::records) async fn update(
    tx: &mut Tx,
    id: Uuid,
    version: i64,
    doc: &Value,
) -> Result<bool, sqlx::Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update patients as row
         set name_ar = new.name_ar, name_en = new.name_en, id_kind = new.id_kind,
             national_id = new.national_id, birth_date = new.birth_date, sex = new.sex,
             mobile = new.mobile, email = new.email, language = new.language,
             preferred_channel = new.preferred_channel, preferred_time = new.preferred_time,
             guardian_name = new.guardian_name,
             guardian_relation = new.guardian_relation, guardian_mobile = new.guardian_mobile,
             consent = new.consent, do_not_contact = new.do_not_contact, deceased = new.deceased,
             described = described_by_hand(row, new, $4),
             described_at = greatest(row.described_at, $4), version = row.version + 1
         from jsonb_populate_record(null::patients, $3) as new
         where row.id = $1 and row.version = $2 and row.deleted_at is null",
        id,
        version,
        doc,
        now,
    )
    .execute(tx.db())
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    // The new ones first, because whoever takes the last of their own away sees the rest no more.
    sqlx::query!(
        "insert into patient_mrns (hospital_id, mrn, patient_id)
         select (item ->> 'hospital_id')::uuid, item ->> 'mrn', $1
         from jsonb_array_elements($2) as kept (item)
         where not exists (select from patient_mrns as mrn
                           where mrn.patient_id = $1
                             and mrn.hospital_id = (item ->> 'hospital_id')::uuid
                             and mrn.mrn = item ->> 'mrn')",
        id,
        doc["mrns"],
    )
    .execute(tx.db())
    .await?;
    sqlx::query!(
        "delete from patient_mrns as mrn
         where patient_id = $1
           and not exists (select from jsonb_array_elements($2) as kept (item)
                           where (item ->> 'hospital_id')::uuid = mrn.hospital_id
                             and item ->> 'mrn' = mrn.mrn)",
        id,
        doc["mrns"],
    )
    .execute(tx.db())
    .await?;
    Ok(true)
}

/// What still needs a patient.
pub(in crate::records) async fn uses(tx: &mut Tx, id: Uuid) -> Result<Vec<Use>, sqlx::Error> {
    let reach = tx.reach().clone();
    let rows = sqlx::query!(
        r#"select by as "by!", count(*) as "count!"
           from (select 'journey' as by from journeys where patient_id = $1
                 union all
                 select 'survey' from surveys where patient_id = $1
                 union all
                 -- Another hospital that knows the patient.
                 select 'hospital' from patient_mrns
                 where patient_id = $1 and not $2 and hospital_id <> all($3)) as uses
           group by by order by by"#,
        id,
        reach.all,
        &reach.hospitals as _,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(rows.into_iter().map(|row| used(row.by, row.count)).collect())
}
