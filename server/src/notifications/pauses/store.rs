//! How pauses are read and written.

use px360_domain::ids::{DeliveryPauseId, HospitalId, UserId};
use px360_domain::notifications::{DeliveryPause, PauseDelivery};
use px360_domain::{Bilingual, Failure};
use sqlx::types::Json;

use crate::error::{Error, Result};
use crate::tx::{Reader, Tx};

/// Standing pauses within reach: those of the group first.
pub(super) async fn list(read: Reader<'_>) -> Result<Vec<DeliveryPause>> {
    let reach = read.reach();
    let rows = sqlx::query!(
        r#"select pause.id as "id: DeliveryPauseId",
                  pause.hospital_id as "hospital_id: HospitalId",
                  hospital.name_ar as "hospital_ar?", hospital.name_en as "hospital_en?",
                  (select content -> 'title' from survey_versions
                   where survey_template_id = pause.survey_template_id
                   order by published_at is null, number desc limit 1)
                      as "survey: Json<Bilingual>",
                  pause.reason, pause.paused_at,
                  person.name_ar as "by_ar!", person.name_en as "by_en!",
                  (select count(*) from notifications as message
                   left join surveys as survey on survey.id = message.survey_id
                   left join survey_versions as version on version.id = survey.survey_version_id
                   where message.status = 'queued' and message.patient_id is not null
                     and (pause.hospital_id is null or message.hospital_id = pause.hospital_id)
                     and (pause.survey_template_id is null
                          or version.survey_template_id = pause.survey_template_id)
                     and ($1 or message.hospital_id = any($2))) as "waiting!"
           from delivery_pauses as pause
           join user_names as person on person.id = pause.paused_by
           left join hospital_names as hospital on hospital.id = pause.hospital_id
           where pause.resumed_at is null
             and ($1 or pause.hospital_id is null or pause.hospital_id = any($2))
           order by pause.hospital_id is not null, hospital.code, pause.paused_at"#,
        reach.all,
        &reach.hospitals as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| DeliveryPause {
            id: row.id,
            hospital_id: row.hospital_id,
            hospital: row.hospital_ar.zip(row.hospital_en).map(|(ar, en)| Bilingual { ar, en }),
            survey: row.survey.map(|Json(title)| title),
            reason: row.reason,
            paused_by: Bilingual { ar: row.by_ar, en: row.by_en },
            paused_at: row.paused_at,
            waiting: row.waiting,
            may_resume: false,
        })
        .collect())
}

pub(super) async fn insert(
    tx: &mut Tx,
    id: DeliveryPauseId,
    cmd: &PauseDelivery,
    by: UserId,
) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into delivery_pauses
             (id, hospital_id, survey_template_id, reason, paused_by, paused_at)
         values ($1, $2, $3, $4, $5, $6)",
        id as _,
        cmd.hospital_id as _,
        cmd.template_id as _,
        cmd.reason.trim(),
        by as _,
        now,
    )
    .execute(tx.db())
    .await
    .map_err(|error| match error.as_database_error().and_then(|cause| cause.constraint()) {
        Some("delivery_pauses_template_fkey") => Failure::invalid("template_id", "unknown").into(),
        Some("delivery_pauses_standing_key") => Failure::conflict("already_paused").into(),
        _ => Error::from(error),
    })?;
    Ok(())
}

pub(super) async fn resume(tx: &mut Tx, id: DeliveryPauseId, by: UserId) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "update delivery_pauses set resumed_by = $2, resumed_at = $3
         where id = $1 and resumed_at is null",
        id as _,
        by as _,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}
