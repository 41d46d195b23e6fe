//! How templates that people write are kept.

use px360_domain::Failure;
use px360_domain::ids::{HospitalId, JourneyTemplateId};
use px360_domain::journeys::template::{CreateDraft, TemplateBody, TemplateState};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::tx::Tx;

/// A version that is about to change.
pub(in crate::journeys::editing) struct Locked {
    /// Whether the database lets the caller change it.
    pub(in crate::journeys::editing) may_change: bool,
    pub(in crate::journeys::editing) hospital_id: Option<HospitalId>,
    pub(in crate::journeys::editing) lock_version: i32,
    pub(in crate::journeys::editing) state: TemplateState,
}

/// Locks a version within reach; the group's are within everybody's.
pub(in crate::journeys::editing) async fn lock(
    tx: &mut Tx,
    id: JourneyTemplateId,
) -> Result<Option<Locked>> {
    let reach = tx.reach().clone();
    // The database lets nobody lock what they may not change.
    let locked = sqlx::query!("select from journey_templates where id = $1 for update", id as _)
        .fetch_optional(tx.db())
        .await?;
    let row = sqlx::query!(
        r#"select hospital_id as "hospital_id: HospitalId", lock_version,
                  published_at is not null as "published!", retired_at is not null as "retired!"
           from journey_templates
           where id = $1 and ($2 or hospital_id is null or hospital_id = any($3))"#,
        id as _,
        reach.all,
        &reach.hospitals as _,
    )
    .fetch_optional(tx.db())
    .await?;
    Ok(row.map(|row| Locked {
        may_change: locked.is_some(),
        hospital_id: row.hospital_id,
        lock_version: row.lock_version,
        state: match (row.published, row.retired) {
            (false, _) => TemplateState::Draft,
            (true, false) => TemplateState::Published,
            (true, true) => TemplateState::Retired,
        },
    }))
}

/// Keeps a new draft under the next number.
pub(in crate::journeys::editing) async fn insert(
    tx: &mut Tx,
    id: JourneyTemplateId,
    cmd: &CreateDraft,
    body: &TemplateBody,
) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into journey_templates (id, hospital_id, journey_type, version, name_ar, name_en,
                                        closing_codes, created_at, updated_at)
         select $1, $2, $3, coalesce(max(version), 0) + 1, $4, $5, $6, $7, $7
         from journey_templates where hospital_id is not distinct from $2 and journey_type = $3",
        id as _,
        cmd.hospital_id as _,
        cmd.journey_type as _,
        body.name.ar,
        body.name.en,
        &body.closing_codes,
        now,
    )
    .execute(tx.db())
    .await
    .map_err(|error| match error.as_database_error().and_then(|cause| cause.constraint()) {
        // Two begin at once: whichever index is asked first.
        Some("journey_templates_draft_key" | "journey_templates_version_key") => {
            Failure::conflict("draft_exists").into()
        }
        _ => Error::from(error),
    })?;
    Ok(())
}

/// Writes the head of a draft anew; answers its new `lock_version`.
pub(in crate::journeys::editing) async fn rewrite(
    tx: &mut Tx,
    id: JourneyTemplateId,
    body: &TemplateBody,
) -> Result<i32> {
    let now = tx.now();
    let lock_version = sqlx::query_scalar!(
        "update journey_templates
         set name_ar = $2, name_en = $3, closing_codes = $4, updated_at = $5,
             lock_version = lock_version + 1
         where id = $1 and published_at is null
         returning lock_version",
        id as _,
        body.name.ar,
        body.name.en,
        &body.closing_codes,
        now,
    )
    .fetch_one(tx.db())
    .await?;
    Ok(lock_version)
}

/// Writes the stages of a draft anew, in their order.
pub(in crate::journeys::editing) async fn write_stages(
    tx: &mut Tx,
    id: JourneyTemplateId,
    body: &TemplateBody,
) -> Result<()> {
    remove_stages(tx, id).await?;
    let mut rows = Vec::with_capacity(body.stages.len());
    for (position, stage) in (1_i16..).zip(&body.stages) {
        let mut row = serde_json::to_value(stage)?;
        if let Value::Object(fields) = &mut row {
            fields.insert("id".to_owned(), tx.ctx().new_id::<uuid::Uuid>().to_string().into());
            fields.insert("position".to_owned(), position.into());
        }
        rows.push(row);
    }
    sqlx::query!(
        "insert into stage_templates
             (id, journey_template_id, code, name_ar, name_en, position, parallel, optional,
              repeatable, triggers, opens_journey, needs_department, needs_physician,
              dwell_minutes_min, dwell_minutes_max, attribution, survey_template_id,
              survey_delay_minutes)
         select id, $1, code, name ->> 'ar', name ->> 'en', position, parallel, optional,
                repeatable, triggers, opens_journey, needs_department, needs_physician,
                dwell_minutes_min, dwell_minutes_max, attribution, survey_template_id,
                survey_delay_minutes
         from jsonb_to_recordset($2) as stage (
              id uuid, code text, name jsonb, position smallint, parallel boolean,
              optional boolean, repeatable boolean, triggers jsonb, opens_journey boolean,
              needs_department boolean, needs_physician boolean, dwell_minutes_min integer,
              dwell_minutes_max integer, attribution text, survey_template_id uuid,
              survey_delay_minutes integer)",
        id as _,
        Value::Array(rows),
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

async fn remove_stages(tx: &mut Tx, id: JourneyTemplateId) -> Result<()> {
    sqlx::query!(
        "delete from stage_templates where journey_template_id = $1
           and exists (select from journey_templates where id = $1 and published_at is null)",
        id as _
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Forgets a draft.
pub(in crate::journeys::editing) async fn delete(tx: &mut Tx, id: JourneyTemplateId) -> Result<()> {
    remove_stages(tx, id).await?;
    sqlx::query!("delete from journey_templates where id = $1 and published_at is null", id as _)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Publishes a draft in the place of the version before; answers which that was.
pub(in crate::journeys::editing) async fn publish(
    tx: &mut Tx,
    id: JourneyTemplateId,
) -> Result<Option<JourneyTemplateId>> {
    let (now, by) = (tx.now(), tx.ctx().user_id());
    let retired = sqlx::query_scalar!(
        r#"update journey_templates as old set retired_at = $2, lock_version = old.lock_version + 1
           from journey_templates as draft
           where draft.id = $1 and old.journey_type = draft.journey_type
             and old.hospital_id is not distinct from draft.hospital_id
             and old.published_at is not null and old.retired_at is null
           returning old.id as "id: JourneyTemplateId""#,
        id as _,
        now,
    )
    .fetch_optional(tx.db())
    .await?;
    sqlx::query!(
        "update journey_templates
         set published_at = $2, updated_at = $2, published_by = $3, lock_version = lock_version + 1
         where id = $1",
        id as _,
        now,
        by as _,
    )
    .execute(tx.db())
    .await?;
    Ok(retired)
}

/// Retires a version.
pub(in crate::journeys::editing) async fn retire(tx: &mut Tx, id: JourneyTemplateId) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "update journey_templates set retired_at = $2, lock_version = lock_version + 1 where id = $1",
        id as _,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Puts messages whose code no template knew back into the inbox; answers how many.
pub(in crate::journeys::editing) async fn release_waiting(
    tx: &mut Tx,
    owner: Option<HospitalId>,
) -> Result<u64> {
    let now = tx.now();
    let (by, batch) = (tx.ctx().user_id(), tx.ctx().new_id::<uuid::Uuid>());
    let reopened = sqlx::query_scalar!(
        r#"select reopen_events(array(
               select id from inbound_events
               where status = 'parked' and reason = 'unknown_event_code' and culled_at is null
                 and ($2::uuid is null or hospital_id = $2)
               for update
           ), $1, $3, $4) as "released!""#,
        now,
        owner as _,
        by as _,
        batch,
    )
    .fetch_one(tx.db())
    .await?;
    Ok(reopened.unsigned_abs())
}
