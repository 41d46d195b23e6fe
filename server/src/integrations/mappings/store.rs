//! How mappings are kept.

use std::collections::HashMap;

use px360_domain::Bilingual;
use px360_domain::access::Reach;
use px360_domain::ids::{HospitalId, SourceId};
use px360_domain::integrations::{CodeKind, Mapping, MappingTarget, SetMapping, WaitingCode};
use sqlx::PgExecutor;
use uuid::Uuid;

use super::{Row, Target};
use crate::error::Result;
use crate::tx::{Reader, Tx};

/// The mappings of these sources, with our codes of what they name.
pub(super) async fn of_sources(
    tx: &mut Tx,
    sources: &[SourceId],
) -> Result<HashMap<(SourceId, Option<HospitalId>, CodeKind, String), Target>> {
    let rows = sqlx::query!(
        r#"select mapping.source_id as "source_id: SourceId",
                  mapping.hospital_id as "hospital_id: HospitalId", kind as "kind: CodeKind",
                  mapping.code,
                  coalesce(to_hospital_id, mapping.department_id, mapping.physician_id) as row_id,
                  coalesce(hospital.code, department.code, physician.licence, '') as "row_code!",
                  event_code
           from code_mappings as mapping
           left join hospitals as hospital on hospital.id = mapping.to_hospital_id
           left join departments as department on department.id = mapping.department_id
           left join physicians as physician on physician.id = mapping.physician_id
           where mapping.source_id = any($1)"#,
        sources as _,
    )
    .fetch_all(tx.db())
    .await?;
    let target = |id: Option<Uuid>, code: String, event: Option<String>| match (id, event) {
        (Some(id), _) => Target::Row(Row { id, code }),
        (None, Some(code)) => Target::Event(code),
        (None, None) => Target::LeftOut,
    };
    Ok(rows
        .into_iter()
        .map(|row| {
            let key = (row.source_id, row.hospital_id, row.kind, row.code);
            (key, target(row.row_id, row.row_code, row.event_code))
        })
        .collect())
}

/// Codes that messages within reach wait for, most awaited first.
pub(super) async fn waiting(read: Reader<'_>) -> Result<Vec<WaitingCode>> {
    let reach = read.reach();
    let codes = sqlx::query_as!(
        WaitingCode,
        r#"select event.source_id as "source_id: SourceId", source.name as source,
                  event.hospital_id as "hospital_id!: HospitalId", hospital.code as "hospital!",
                  waits_for_kind as "kind!: CodeKind", waits_for_code as "code!",
                  count(*) as "messages!", min(received_at) as "since!"
           from inbound_events as event
           join sources as source on source.id = event.source_id
           join hospital_names as hospital on hospital.id = event.hospital_id
           where event.status = 'parked' and waits_for_code is not null
             and ($1 or event.hospital_id = any($2))
           group by 1, 2, 3, 4, 5, 6
           order by count(*) desc, waits_for_code
           limit 200"#,
        reach.all,
        &reach.hospitals as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(codes)
}

/// What is mapped within reach.
pub(super) async fn list(read: Reader<'_>) -> Result<Vec<Mapping>> {
    mapped(&mut *read.db().await?, read.reach(), None).await
}

/// One mapping within reach.
pub(super) async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Mapping>> {
    let reach = tx.reach().clone();
    Ok(mapped(tx.db(), &reach, Some(id)).await?.pop())
}

async fn mapped(db: impl PgExecutor<'_>, reach: &Reach, id: Option<Uuid>) -> Result<Vec<Mapping>> {
    let mappings = sqlx::query_as!(
        Mapping,
        r#"select mapping.id, mapping.source_id as "source_id: SourceId", source.name as source,
                  mapping.hospital_id as "hospital_id: HospitalId", mapping.kind as "kind: CodeKind",
                  mapping.code,
                  coalesce(to_hospital_id, mapping.department_id, mapping.physician_id) as target_id,
                  coalesce(hospital.code, department.code, physician.licence, event_code) as target,
                  left_out, mapping.updated_at
           from code_mappings as mapping
           join sources as source on source.id = mapping.source_id
           left join hospital_names as hospital on hospital.id = to_hospital_id
           left join departments as department on department.id = mapping.department_id
           left join physicians as physician on physician.id = mapping.physician_id
           where ($1::uuid is null or mapping.id = $1)
             and ($2 or mapping.hospital_id = any($3))
           order by source.name, mapping.kind, mapping.code, mapping.id"#,
        id,
        reach.all,
        &reach.hospitals as _,
    )
    .fetch_all(db)
    .await?;
    Ok(mappings)
}

/// Whether a source sends for this hospital.
pub(super) async fn source_speaks_for(
    tx: &mut Tx,
    source_id: SourceId,
    hospital_id: HospitalId,
) -> Result<bool> {
    let speaks = sqlx::query_scalar!(
        r#"select exists (
               select from sources where id = $1
                 and (not exists (select from source_hospitals where source_id = $1)
                      or exists (select from source_hospitals
                                 where source_id = $1 and hospital_id = $2))) as "speaks!""#,
        source_id as _,
        hospital_id as _,
    )
    .fetch_one(tx.db())
    .await?;
    Ok(speaks)
}

/// Whether the target is one of the hospital's departments, or a physician.
pub(super) async fn is_target(tx: &mut Tx, cmd: &SetMapping, target: Uuid) -> Result<bool> {
    let is_one = sqlx::query_scalar!(
        r#"select exists (select from departments
                          where $1 = 'department' and id = $2 and hospital_id = $3
                            and deleted_at is null)
               or exists (select from physicians
                          where $1 = 'physician' and id = $2 and deleted_at is null) as "is_one!""#,
        cmd.kind.as_str(),
        target,
        cmd.hospital_id as _,
    )
    .fetch_one(tx.db())
    .await?;
    Ok(is_one)
}

/// Keeps a mapping; answers which it is.
pub(super) async fn upsert(tx: &mut Tx, id: Uuid, cmd: &SetMapping) -> Result<Uuid> {
    let now = tx.now();
    let of = |kind: CodeKind| cmd.target_id.filter(|_| cmd.kind == kind);
    let id = sqlx::query_scalar!(
        "insert into code_mappings as mapping
             (id, source_id, hospital_id, kind, code, department_id, physician_id, event_code, left_out,
              lock_version, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $10)
         on conflict on constraint code_mappings_key
         do update set department_id = excluded.department_id, physician_id = excluded.physician_id,
                       event_code = excluded.event_code, left_out = excluded.left_out,
                       lock_version = mapping.lock_version + 1, updated_at = excluded.updated_at
         returning id",
        id,
        cmd.source_id as _,
        cmd.hospital_id as _,
        cmd.kind as _,
        cmd.code,
        of(CodeKind::Department),
        of(CodeKind::Physician),
        cmd.event_code,
        cmd.left_out,
        now,
    )
    .fetch_one(tx.db())
    .await?;
    Ok(id)
}

/// Puts what waits for this code back into the inbox; answers how many messages that were.
pub(super) async fn release(tx: &mut Tx, cmd: &SetMapping) -> Result<u64> {
    let (now, by, batch) = (tx.now(), tx.ctx().user_id(), tx.ctx().new_id::<Uuid>());
    let reopened = sqlx::query_scalar!(
        r#"select reopen_events(array(
               select id from inbound_events
               where status = 'parked' and culled_at is null and source_id = $1 and hospital_id = $2
                 and waits_for_kind = $3 and waits_for_code = $4
               for update
           ), $5, $6, $7) as "released!""#,
        cmd.source_id as _,
        cmd.hospital_id as _,
        cmd.kind.as_str(),
        cmd.code,
        now,
        by as _,
        batch,
    )
    .fetch_one(tx.db())
    .await?;
    Ok(reopened.unsigned_abs())
}

/// Takes a mapping away.
pub(super) async fn delete(tx: &mut Tx, id: Uuid) -> Result<()> {
    sqlx::query!("delete from code_mappings where id = $1", id).execute(tx.db()).await?;
    Ok(())
}

/// The departments of a hospital that these words find.
pub(super) async fn departments(
    read: Reader<'_>,
    hospital_id: HospitalId,
    words: &str,
) -> Result<Vec<MappingTarget>> {
    let rows = sqlx::query!(
        "select id, code, name_ar, name_en from departments
         where hospital_id = $1 and deleted_at is null
           and (fold_words(code || ' ' || name_ar || ' ' || name_en)
                like '%' || fold_words($2) || '%')
         order by code limit 20",
        hospital_id as _,
        words,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| MappingTarget {
            id: row.id,
            code: row.code,
            name: Bilingual { ar: row.name_ar, en: row.name_en },
        })
        .collect())
}

/// The physicians of a hospital that these words find.
pub(super) async fn physicians(
    read: Reader<'_>,
    hospital_id: HospitalId,
    words: &str,
) -> Result<Vec<MappingTarget>> {
    let rows = sqlx::query!(
        "select id, licence, name_ar, name_en from physicians as physician
         where deleted_at is null
           and exists (select from physician_affiliations
                       where physician_id = physician.id and hospital_id = $1)
           and (fold_words(licence || ' ' || name_ar || ' ' || name_en)
                like '%' || fold_words($2) || '%')
         order by name_ar limit 20",
        hospital_id as _,
        words,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| MappingTarget {
            id: row.id,
            code: row.licence,
            name: Bilingual { ar: row.name_ar, en: row.name_en },
        })
        .collect())
}
