//! How invitations that wait stop, go on and change their time.

use chrono::{DateTime, Utc};
use px360_domain::ids::SurveyId;

use crate::error::Result;
use crate::tx::Tx;

/// Stops invitations that wait, because their surveys were taken back.
pub(super) async fn withdraw(tx: &mut Tx, surveys: &[SurveyId]) -> Result<()> {
    sqlx::query!(
        "update notifications set status = 'suppressed', reason = 'reversed'
         where survey_id = any($1) and status = 'queued'",
        surveys as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Lets invitations go on that were stopped for that.
pub(super) async fn reinstate(tx: &mut Tx, surveys: &[(SurveyId, DateTime<Utc>)]) -> Result<()> {
    sqlx::query!(
        "update notifications as invitation
         set status = 'queued', reason = null,
             -- A reminder keeps its own day.
             send_after = case when kind = 'survey_invitation' then wanted.send_after
                               else invitation.send_after end
         from unnest($1::uuid[], $2::timestamptz[]) as wanted (survey_id, send_after)
         where invitation.survey_id = wanted.survey_id and status = 'suppressed'
           and reason = 'reversed'",
        &surveys.iter().map(|(id, _)| *id).collect::<Vec<_>>() as _,
        &surveys.iter().map(|(_, at)| *at).collect::<Vec<_>>(),
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Gives invitations that wait, and were not tried yet, another time.
pub(super) async fn put_off(tx: &mut Tx, surveys: &[(SurveyId, DateTime<Utc>)]) -> Result<()> {
    sqlx::query!(
        "update notifications as invitation set send_after = wanted.send_after
         from unnest($1::uuid[], $2::timestamptz[]) as wanted (survey_id, send_after)
         where invitation.survey_id = wanted.survey_id and status = 'queued' and attempts = 0
           and kind = 'survey_invitation'",
        &surveys.iter().map(|(id, _)| *id).collect::<Vec<_>>() as _,
        &surveys.iter().map(|(_, at)| *at).collect::<Vec<_>>(),
    )
    .execute(tx.db())
    .await?;
    Ok(())
}
