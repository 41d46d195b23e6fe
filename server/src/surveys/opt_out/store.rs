//! How it is kept that a patient wants no messages.

use px360_domain::ids::SurveyId;
use px360_domain::notifications::Channel;
use uuid::Uuid;

use crate::error::Result;
use crate::tx::{Reader, Tx};

/// The standing wishes of this survey's patient, a channel each or all of them without; none where there is no such
/// survey, or nobody knows whose it is.
pub(super) async fn standing(
    read: Reader<'_>,
    id: SurveyId,
) -> Result<Option<Vec<Option<String>>>> {
    Ok(sqlx::query_scalar!(
        r#"select array(select channel from opt_outs
                        where opt_outs.patient_id = survey.patient_id and revoked_at is null)
                      as "channels!: Vec<Option<String>>"
           from surveys as survey where survey.id = $1 and survey.patient_id is not null"#,
        id as _,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?)
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
