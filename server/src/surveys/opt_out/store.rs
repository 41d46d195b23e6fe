//! How it is kept that a patient wants no messages.

use px360_domain::ids::{HospitalId, SurveyId};
use px360_domain::notifications::{Channel, PreferredTime};
use uuid::Uuid;

use crate::error::Result;
use crate::tx::{Reader, Tx};

/// What a patient wants.
pub(super) struct Standing {
    /// What was stopped, a channel each or all of them without.
    pub(super) stopped: Vec<Option<String>>,
    pub(super) preferred_time: Option<PreferredTime>,
}

/// The standing wishes of this survey's patient; none where there is no such survey, or nobody knows whose it is.
pub(super) async fn standing(read: Reader<'_>, id: SurveyId) -> Result<Option<Standing>> {
    Ok(sqlx::query_as!(
        Standing,
        r#"select array(select channel from opt_outs
                        where opt_outs.patient_id = survey.patient_id and revoked_at is null)
                      as "stopped!: Vec<Option<String>>",
                  patient.preferred_time as "preferred_time: PreferredTime"
           from surveys as survey join patients as patient on patient.id = survey.patient_id
           where survey.id = $1"#,
        id as _,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?)
}

/// The hospital of a survey whose patient is known.
pub(super) async fn hospital(tx: &mut Tx, id: SurveyId) -> Result<Option<HospitalId>> {
    Ok(sqlx::query_scalar!(
        r#"select hospital_id as "id: HospitalId" from surveys
           where id = $1 and patient_id is not null"#,
        id as _,
    )
    .fetch_optional(tx.db())
    .await?)
}

/// True when that is new.
pub(super) async fn prefer_time(
    tx: &mut Tx,
    id: SurveyId,
    time: Option<PreferredTime>,
) -> Result<bool> {
    let preferred = sqlx::query!(
        "update patients set preferred_time = $2, version = version + 1
         where id = (select patient_id from surveys where id = $1)
           and preferred_time is distinct from $2",
        id as _,
        time as Option<PreferredTime>,
    )
    .execute(tx.db())
    .await?;
    Ok(preferred.rows_affected() == 1)
}

/// True when that is new.
pub(super) async fn stop(tx: &mut Tx, id: SurveyId, channel: Option<Channel>) -> Result<bool> {
    let (new, now): (Uuid, _) = (tx.ctx().new_id(), tx.now());
    let stopped = sqlx::query!(
        "insert into opt_outs (id, patient_id, at, survey_id, channel)
         select $1, patient_id, $2, id, $4 from surveys where id = $3
         on conflict do nothing",
        new,
        now,
        id as _,
        channel as Option<Channel>,
    )
    .execute(tx.db())
    .await?;
    Ok(stopped.rows_affected() == 1)
}

/// Takes back the wish about this channel, or all of them. True when there was something to take back.
pub(super) async fn resume(tx: &mut Tx, id: SurveyId, channel: Option<Channel>) -> Result<bool> {
    let now = tx.now();
    let resumed = sqlx::query!(
        "update opt_outs set revoked_at = $1
         where revoked_at is null and ($3::text is null or channel = $3)
           and patient_id = (select patient_id from surveys where id = $2)",
        now,
        id as _,
        channel as Option<Channel>,
    )
    .execute(tx.db())
    .await?;
    Ok(resumed.rows_affected() > 0)
}
