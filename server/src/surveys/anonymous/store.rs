//! How answers are cut off from whoever gave them.

use chrono::NaiveDate;
use px360_domain::ids::SurveyId;
use px360_domain::surveys::Outcome;

use crate::error::Result;
use crate::tx::{Reader, Tx};

/// Completes an anonymous survey: its answers go into a row of their own, which knows its month and no more, and nothing
/// leads from one to the other (migration `anonymous`). Answers the first day of that month.
pub(in crate::surveys) async fn cut_off(
    tx: &mut Tx,
    id: SurveyId,
    outcome: &Outcome,
) -> Result<NaiveDate> {
    let now = tx.now();
    let answers = sqlx::query!(
        r#"insert into surveys
               (id, hospital_id, survey_version_id, department_id, physician_id, status, language,
                mode, created_at, created_on, expires_at, completed_at, score, nps, part)
           select gen_random_uuid(), hospital_id, survey_version_id, department_id, physician_id,
                  'completed', language, mode, month.begins, month.first, month.begins,
                  month.begins, $3, $4, 'answers'
           from surveys
           cross join (select date_trunc('month', $2::timestamptz, 'Asia/Riyadh') as begins,
                              date_trunc('month', $2::timestamptz at time zone 'Asia/Riyadh')::date
                                  as first) as month
           where id = $1
           returning id, created_on"#,
        id as _,
        now,
        outcome.score.and_then(|score| i16::try_from(score).ok()),
        outcome.nps.map(i16::from),
    )
    .fetch_one(tx.db())
    .await?;
    sqlx::query!(
        "with gone as (delete from answers where survey_id = $1 returning *)
         insert into answers (survey_id, question_key, number, yes_no, words, choices,
                              not_applicable, points, top, answered_at)
         select $2, question_key, number, yes_no, words, choices, not_applicable, points, top,
                date_trunc('month', $3::timestamptz, 'Asia/Riyadh')
         from gone",
        id as _,
        answers.id,
        now,
    )
    .execute(tx.db())
    .await?;
    sqlx::query!(
        "update surveys
         -- Which quota counts somebody tells what they answered.
         set status = 'completed', completed_at = $2, part = 'invitation', quotas = '{}'
         where id = $1",
        id as _,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(answers.created_on)
}

/// Forgets what was answered of anonymous surveys that nobody will hand in any more; answers of how many.
pub(in crate::surveys) async fn forget_unfinished(tx: &mut Tx, limit: i64) -> Result<usize> {
    let now = tx.now();
    let gone = sqlx::query!(
        "delete from answers
         where survey_id in (
             select survey.id from surveys as survey
             join survey_versions as version on version.id = survey.survey_version_id
             where survey.status in ('expired', 'reversed', 'screened_out')
               and survey.completed_at is null and survey.patient_id is not null
               -- A visit that was taken back may stand again while its link works.
               and (survey.expires_at <= $2 or survey.status = 'screened_out')
               and (version.content ->> 'anonymous')::boolean
               and exists (select from answers where survey_id = survey.id)
             limit $1)",
        limit,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(usize::try_from(gone.rows_affected()).unwrap_or_default())
}

/// The months, by their first day, with answers that were not mixed yet.
pub(super) async fn unmixed(read: Reader<'_>) -> Result<Vec<NaiveDate>> {
    Ok(sqlx::query_scalar!(
        "select distinct created_on from surveys
         where part = 'answers' and not mixed order by created_on",
    )
    .fetch_all(&mut *read.db().await?)
    .await?)
}

/// Writes all anonymous answers of a month anew, in the order of ids that say nothing.
pub(super) async fn mix(tx: &mut Tx, month: NaiveDate) -> Result<()> {
    let taken = sqlx::query!(
        r#"with given as (
               delete from answers using surveys as survey
               where survey.id = survey_id and survey.part = 'answers' and survey.created_on = $1
               returning answers.*
           ), gone as (
               delete from surveys where part = 'answers' and created_on = $1 returning surveys.*
           )
           select coalesce((select jsonb_agg(to_jsonb(gone)) from gone), '[]') as "surveys!",
                  coalesce((select jsonb_agg(to_jsonb(given)) from given), '[]') as "answers!""#,
        month,
    )
    .fetch_one(tx.db())
    .await?;
    sqlx::query!(
        r#"insert into surveys
           select again.*
           from jsonb_array_elements($1) as kept (doc)
           cross join lateral jsonb_populate_record(
               null::surveys, kept.doc || '{"mixed": true}') as again
           order by again.id"#,
        taken.surveys,
    )
    .execute(tx.db())
    .await?;
    sqlx::query!(
        "insert into answers
         select again.* from jsonb_populate_recordset(null::answers, $1) as again
         order by again.survey_id, again.question_key",
        taken.answers,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}
