//! The rows of merges, and what moves in them.

use px360_domain::Bilingual;
use px360_domain::ids::{EventId, UserId};
use px360_domain::records::{Duplicate, DuplicateReason, MergeCounts, PatientMerge};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::PgExecutor;
use sqlx::types::Json;
use uuid::Uuid;

use super::undo::Open;
use crate::error::Result;
use crate::records::record::Record;
use crate::tx::{Reader, Tx};

/// How many namesakes are told of.
const DUPLICATES_MAX: i64 = 20;

/// What moved, by id.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Moved {
    mrns: Vec<(Uuid, String)>,
    journeys: Vec<Uuid>,
    surveys: Vec<Uuid>,
    notifications: Vec<Uuid>,
    /// Wishes to get no messages that the survivor has now, too.
    #[serde(default)]
    opt_outs: Vec<Uuid>,
}

impl Moved {
    /// How many of each.
    pub(super) fn counts(&self) -> Value {
        json!({ "mrns": self.mrns.len(), "journeys": self.journeys.len(),
                "surveys": self.surveys.len(), "messages": self.notifications.len() })
    }
}

/// Records within reach that may be the same patient: the same identity document, or the same phone, name
/// and day of birth.
pub(super) async fn duplicates(read: Reader<'_>, id: Uuid) -> Result<Vec<Duplicate>> {
    let reach = read.reach();
    let rows = sqlx::query!(
        r#"select other.id, other.name_ar, other.name_en,
                  other.national_id is not distinct from me.national_id
                      and me.national_id is not null as "same_id!",
                  (select min(mrn) from patient_mrns where patient_id = other.id) as mrn
           from patients as me
           join patients as other
             on other.national_id = me.national_id
             or other.mobile = me.mobile and other.birth_date = me.birth_date
                and (me.name_ar <> '' and fold_words(other.name_ar) = fold_words(me.name_ar)
                     or me.name_en <> '' and fold_words(other.name_en) = fold_words(me.name_en))
           where me.id = $1 and other.id <> $1 and other.deleted_at is null
             -- Whoever may change patients may do so in whole hospitals.
             and ($3 or exists (select from patient_mrns as mrn
                                where mrn.patient_id = other.id and mrn.hospital_id = any($4)))
           order by 4 desc, other.id desc
           limit $2"#,
        id,
        DUPLICATES_MAX,
        reach.all,
        &reach.hospitals as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    let duplicates = rows.into_iter().map(|row| Duplicate {
        id: row.id,
        name: Bilingual { ar: row.name_ar, en: row.name_en },
        mrn: row.mrn.unwrap_or_default(),
        reason: if row.same_id { DuplicateReason::SameId } else { DuplicateReason::SamePhone },
    });
    Ok(duplicates.collect())
}

struct Row {
    id: Uuid,
    survivor_id: Uuid,
    merged_id: Uuid,
    merged_name_ar: String,
    merged_name_en: String,
    by_ar: String,
    by_en: String,
    merged_at: chrono::DateTime<chrono::Utc>,
    undone_at: Option<chrono::DateTime<chrono::Utc>>,
}

impl Row {
    fn into_merge(self) -> PatientMerge {
        PatientMerge {
            id: self.id,
            survivor_id: self.survivor_id,
            merged_id: self.merged_id,
            merged_name: Bilingual { ar: self.merged_name_ar, en: self.merged_name_en },
            merged_by: Bilingual { ar: self.by_ar, en: self.by_en },
            merged_at: self.merged_at,
            undone_at: self.undone_at,
        }
    }
}

/// Who went into a patient, newest first.
pub(super) async fn merges(db: impl PgExecutor<'_>, survivor: Uuid) -> Result<Vec<PatientMerge>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select merge.id, survivor_id, merged_id, merged_name_ar, merged_name_en,
                  coalesce(person.name_ar, source.name, '') as "by_ar!",
                  coalesce(person.name_en, source.name, '') as "by_en!", merged_at, undone_at
           from patient_merges as merge
           left join user_names as person on person.id = merge.merged_by
           left join inbound_events as event on event.id = merge.event_id
           left join sources as source on source.id = event.source_id
           where survivor_id = $1 order by merged_at desc, merge.id desc"#,
        survivor,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Row::into_merge).collect())
}

/// One merge of this patient, to be undone.
pub(super) async fn open(tx: &mut Tx, id: Uuid, survivor: Uuid) -> Result<Option<Open>> {
    Ok(sqlx::query_as!(
        Open,
        r#"select merged_id, moved, changes, undone_at is not null as "undone!"
           from patient_merges where id = $1 and survivor_id = $2 for update"#,
        id,
        survivor,
    )
    .fetch_optional(tx.db())
    .await?)
}

/// What a patient has that would move. Ask with the wall open.
pub(super) async fn counts(tx: &mut Tx, id: Uuid) -> Result<MergeCounts> {
    let row = sqlx::query!(
        r#"select (select count(*) from patient_mrns where patient_id = $1) as "mrns!",
                  (select count(*) from journeys where patient_id = $1) as "journeys!",
                  (select count(*) from surveys where patient_id = $1) as "surveys!",
                  (select count(*) from notifications where patient_id = $1) as "messages!""#,
        id,
    )
    .fetch_one(tx.db())
    .await?;
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(MergeCounts {
        mrns: number(row.mrns),
        journeys: number(row.journeys),
        surveys: number(row.surveys),
        messages: number(row.messages),
    })
}

/// Holds both against events that arrive meanwhile, in one order for all.
pub(super) async fn lock(tx: &mut Tx, one: Uuid, other: Uuid) -> Result<()> {
    sqlx::query!("select id from patients where id in ($1, $2) order by id for update", one, other)
        .fetch_all(tx.db())
        .await?;
    Ok(())
}

/// Moves whatever somebody has.
pub(super) async fn move_all(tx: &mut Tx, from: Uuid, to: Uuid) -> Result<Moved> {
    let mrns = sqlx::query!(
        "update patient_mrns set patient_id = $2 where patient_id = $1 returning hospital_id, mrn",
        from,
        to,
    )
    .fetch_all(tx.db())
    .await?;
    let journeys = sqlx::query_scalar!(
        "update journeys set patient_id = $2 where patient_id = $1 returning id",
        from,
        to,
    )
    .fetch_all(tx.db())
    .await?;
    let surveys = sqlx::query_scalar!(
        "update surveys set patient_id = $2 where patient_id = $1 returning id",
        from,
        to,
    )
    .fetch_all(tx.db())
    .await?;
    let notifications = sqlx::query_scalar!(
        "update notifications set patient_id = $2 where patient_id = $1 returning id",
        from,
        to,
    )
    .fetch_all(tx.db())
    .await?;
    // Who wants no messages wants none under the other number either; the wish itself stays where it was said.
    let opt_outs = sqlx::query_scalar!(
        "insert into opt_outs (id, patient_id, channel, at, survey_id)
         select gen_random_uuid(), $2, channel, at, survey_id from opt_outs
         where patient_id = $1 and revoked_at is null
         on conflict do nothing
         returning id",
        from,
        to,
    )
    .fetch_all(tx.db())
    .await?;
    let mrns = mrns.into_iter().map(|row| (row.hospital_id, row.mrn)).collect();
    Ok(Moved { mrns, journeys, surveys, notifications, opt_outs })
}

/// Moves back what moved, as far as it is still there.
pub(super) async fn move_back(tx: &mut Tx, from: Uuid, to: Uuid, moved: &Value) -> Result<()> {
    let Moved { mrns, journeys, surveys, notifications, opt_outs } =
        serde_json::from_value(moved.clone())?;
    let now = tx.now();
    sqlx::query!(
        "update opt_outs set revoked_at = $2 where id = any($1) and revoked_at is null",
        &opt_outs,
        now,
    )
    .execute(tx.db())
    .await?;
    let (hospitals, numbers): (Vec<Uuid>, Vec<String>) = mrns.into_iter().unzip();
    sqlx::query!(
        "update patient_mrns as mrn set patient_id = $2
         from unnest($3::uuid[], $4::text[]) as moved (hospital_id, mrn)
         where mrn.patient_id = $1 and mrn.hospital_id = moved.hospital_id and mrn.mrn = moved.mrn",
        from,
        to,
        &hospitals,
        &numbers,
    )
    .execute(tx.db())
    .await?;
    sqlx::query!(
        "update journeys set patient_id = $2 where patient_id = $1 and id = any($3)",
        from,
        to,
        &journeys,
    )
    .execute(tx.db())
    .await?;
    sqlx::query!(
        "update surveys set patient_id = $2 where patient_id = $1 and id = any($3)",
        from,
        to,
        &surveys,
    )
    .execute(tx.db())
    .await?;
    sqlx::query!(
        "update notifications set patient_id = $2 where patient_id = $1 and id = any($3)",
        from,
        to,
        &notifications,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Takes the one who went out of every list.
pub(super) async fn retire(tx: &mut Tx, merged: Uuid, survivor: Uuid) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "update patients set merged_into_id = $2, deleted_at = $3, version = version + 1
         where id = $1",
        merged,
        survivor,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// And back into them.
pub(super) async fn bring_back(tx: &mut Tx, merged: Uuid) -> Result<()> {
    sqlx::query!(
        "update patients set merged_into_id = null, deleted_at = null, version = version + 1
         where id = $1",
        merged,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Keeps what has to be known to undo a merge.
pub(super) async fn remember(
    tx: &mut Tx,
    id: Uuid,
    survivor: Uuid,
    merged: &Record,
    moved: &Moved,
    changes: &Value,
) -> Result<()> {
    let (now, by) = (tx.now(), tx.ctx().user_id());
    let name = |field: &str| merged.doc.get(field).and_then(Value::as_str).unwrap_or_default();
    sqlx::query!(
        "insert into patient_merges
            (id, survivor_id, merged_id, merged_name_ar, merged_name_en, moved, changes, merged_by,
             merged_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id,
        survivor,
        merged.id,
        name("name_ar"),
        name("name_en"),
        Json(moved) as _,
        changes,
        by as Option<UserId>,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Keeps which message said so.
pub(super) async fn note_event(tx: &mut Tx, id: Uuid, event: EventId) -> Result<()> {
    sqlx::query!("update patient_merges set event_id = $2 where id = $1", id, event as _)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Keeps that a merge was undone.
pub(super) async fn mark_undone(tx: &mut Tx, id: Uuid) -> Result<()> {
    let (now, by) = (tx.now(), tx.ctx().user_id());
    sqlx::query!(
        "update patient_merges set undone_by = $2, undone_at = $3 where id = $1",
        id,
        by as Option<UserId>,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}
