//! How places in quotas are counted.

use px360_domain::ids::{SurveyId, SurveyTemplateId};
use px360_domain::surveys::SurveyQuota;

use super::super::store::SurveyRow;
use crate::error::Result;
use crate::tx::{Reader, Tx};

/// Takes a place; false when there is none.
pub(super) async fn take(tx: &mut Tx, survey: &SurveyRow, quota: &SurveyQuota) -> Result<bool> {
    let taken = sqlx::query!(
        "with taken as (
             insert into survey_quotas as known (survey_template_id, quota_key, counted)
             select survey_template_id, $2, 1 from survey_versions where id = $3
             on conflict on constraint survey_quotas_key
             do update set counted = known.counted + 1 where known.counted < $4
             returning 1)
         update surveys set quotas = array_append(quotas, $2)
         where id = $1 and exists (select from taken)",
        survey.id as _,
        quota.key,
        survey.survey_version_id as _,
        i32::try_from(quota.at_most).unwrap_or(i32::MAX),
    )
    .execute(tx.db())
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// Whether every place is taken.
pub(super) async fn is_full(tx: &mut Tx, survey: &SurveyRow, quota: &SurveyQuota) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
               select from survey_quotas as known
               join survey_versions as version
                   on version.survey_template_id = known.survey_template_id
               where version.id = $1 and quota_key = $2 and counted >= $3) as "is!""#,
        survey.survey_version_id as _,
        quota.key,
        i32::try_from(quota.at_most).unwrap_or(i32::MAX),
    )
    .fetch_one(tx.db())
    .await?)
}

/// Ends a survey that no place is left for.
pub(super) async fn mark_screened_out(tx: &mut Tx, id: SurveyId) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "update surveys set status = 'screened_out', screened_out_at = $2 where id = $1",
        id as _,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// How many each quota of a template counted.
pub(in crate::surveys) async fn standing(
    read: Reader<'_>,
    template: SurveyTemplateId,
) -> Result<Vec<(String, i32)>> {
    let rows = sqlx::query!(
        "select quota_key, counted from survey_quotas where survey_template_id = $1",
        template as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows.into_iter().map(|row| (row.quota_key, row.counted)).collect())
}
