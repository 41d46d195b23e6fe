//! How results are read. Every statement begins with the same surveys (`surveys_asked`): by the template and its
//! version, the day on which they were made, the hospital, the language, the way in which they were answered, and the caller's reach.

use chrono::{DateTime, Utc};
use px360_domain::ids::{DepartmentId, HospitalId, SurveyId};
use px360_domain::notifications::SuppressionReason;
use px360_domain::surveys::piping::general;
use px360_domain::surveys::results::{
    COMMENTS_MAX, Comment, Counts, SuppressedCount, SurveyFunnel,
};
use px360_domain::surveys::{AnswerMode, Answers};
use px360_domain::{Bilingual, Locale};
use sqlx::types::Json;

use super::view::Keys;
use super::{Eyes, Slice};
use crate::error::Result;
use crate::tx::Reader;

/// How invitations became answers, and how long the completed ones took, the middle one, in seconds.
pub(super) async fn funnel(read: Reader<'_>, slice: &Slice) -> Result<(SurveyFunnel, Option<i64>)> {
    let reach = read.reach();
    let row = sqlx::query!(
        r#"select count(*) as "created!",
                  count(*) filter (where status = 'reversed') as "reversed!",
                  count(*) filter (where status = 'scheduled') as "waiting!",
                  count(*) filter (where sent_at is not null) as "sent!",
                  count(*) filter (where delivered_at is not null) as "delivered!",
                  count(*) filter (where opened_at is not null) as "opened!",
                  count(*) filter (where started_at is not null) as "started!",
                  count(*) filter (where completed_at is not null) as "completed!",
                  count(*) filter (where status = 'screened_out') as "screened_out!",
                  count(*) filter (where status = 'expired') as "expired!",
                  percentile_cont(0.5) within group (
                      order by extract(epoch from completed_at - started_at)::float8) as seconds
           from surveys_asked($1, $2, $3, $4, $5, $6, $7, $8, $9) as survey
           where survey.part <> 'answers'"#,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        slice.template as _,
        slice.from,
        slice.version,
        slice.hospital,
        slice.language as Option<Locale>,
        slice.mode as Option<AnswerMode>,
    )
    .fetch_one(&mut *read.db().await?)
    .await?;
    #[expect(clippy::cast_possible_truncation, reason = "seconds of a few weeks at most")]
    let seconds = row.seconds.map(|seconds| seconds.round() as i64);
    let funnel = SurveyFunnel {
        created: row.created,
        suppressed: Vec::new(),
        reversed: row.reversed,
        waiting: row.waiting,
        sent: row.sent,
        delivered: row.delivered,
        opened: row.opened,
        started: row.started,
        completed: row.completed,
        screened_out: row.screened_out,
        expired: row.expired,
    };
    Ok((funnel, seconds))
}

/// Invitations that were not sent, by the rule that stopped them.
pub(super) async fn suppressed(read: Reader<'_>, slice: &Slice) -> Result<Vec<SuppressedCount>> {
    let reach = read.reach();
    Ok(sqlx::query_as!(
        SuppressedCount,
        r#"select invitation.reason as "reason!: SuppressionReason", count(*) as "count!"
           from notifications as invitation
           join surveys_asked($1, $2, $3, $4, $5, $6, $7, $8, $9) as survey
               on survey.id = invitation.survey_id
           where invitation.status = 'suppressed' and invitation.reason is not null
             and survey.status = 'suppressed'
           group by 1 order by 2 desc, 1"#,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        slice.template as _,
        slice.from,
        slice.version,
        slice.hospital,
        slice.language as Option<Locale>,
        slice.mode as Option<AnswerMode>,
    )
    .fetch_all(&mut *read.db().await?)
    .await?)
}

/// How often what was answered in completed surveys, by the key of the answers.
pub(super) async fn counts(read: Reader<'_>, slice: &Slice, keys: &Keys) -> Result<Counts> {
    let reach = read.reach();
    let rows = sqlx::query!(
        r#"with given as (
               select answer.question_key, answer.number, answer.yes_no, answer.not_applicable,
                      case when answer.question_key = any($10) then answer.words end as word,
                      case when answer.question_key = any($11) then answer.choices[1:1]
                           else answer.choices end as choices
               from answers as answer
               join surveys_asked($1, $2, $3, $4, $5, $6, $7, $8, $9) as survey
               on survey.id = answer.survey_id
               where survey.completed_at is not null
           )
           select question_key as "key!", number,
                  case when yes_no then 'yes' when not yes_no then 'no' else word end as word,
                  not_applicable is not null as "not_applicable!", null::text as choice,
                  count(*) as "count!"
           from given group by 1, 2, 3, 4
           union all
           select question_key, null, null, false, choice, count(*)
           from given cross join lateral unnest(choices) as choice group by 1, 5"#,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        slice.template as _,
        slice.from,
        slice.version,
        slice.hospital,
        slice.language as Option<Locale>,
        slice.mode as Option<AnswerMode>,
        &keys.single,
        &keys.ranked,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    let mut counts = Counts::new();
    for row in rows {
        let counted = counts.entry(row.key).or_default();
        let count = u32::try_from(row.count).unwrap_or(u32::MAX);
        if let Some(choice) = row.choice {
            *counted.words.entry(choice).or_default() += count;
            continue;
        }
        if row.not_applicable {
            counted.not_applicable += count;
            continue;
        }
        counted.answered += count;
        if let Some(number) = row.number.and_then(|number| u8::try_from(number).ok()) {
            *counted.numbers.entry(number).or_default() += count;
        }
        if let Some(word) = row.word {
            *counted.words.entry(word).or_default() += count;
        }
    }
    Ok(counts)
}

/// How many answered this last and did not go on to the end.
pub(super) async fn left(read: Reader<'_>, slice: &Slice) -> Result<Vec<(String, u32)>> {
    let reach = read.reach();
    let rows = sqlx::query!(
        r#"select last.question_key as "key!", count(*) as "count!"
           from surveys_asked($1, $2, $3, $4, $5, $6, $7, $8, $9) as survey
           join lateral (
               select question_key from answers where survey_id = survey.id
               order by answered_at desc, question_key limit 1) as last on true
           where survey.started_at is not null and survey.completed_at is null
             and survey.status <> 'screened_out'
           group by 1"#,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        slice.template as _,
        slice.from,
        slice.version,
        slice.hospital,
        slice.language as Option<Locale>,
        slice.mode as Option<AnswerMode>,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(rows.into_iter().map(|row| (row.key, count(row.count))).collect())
}

/// How long each answer took, the middle one, in seconds: from the answer before it, or from the first look. What came
/// together with others (a page without the script) or after a pause of ten minutes tells nothing.
pub(super) async fn seconds(read: Reader<'_>, slice: &Slice) -> Result<Vec<(String, u32)>> {
    let reach = read.reach();
    let rows = sqlx::query!(
        r#"with moment as (
               select survey.id, survey.opened_at, answer.answered_at as at,
                      min(answer.question_key) as key, count(*) as together
               from surveys_asked($1, $2, $3, $4, $5, $6, $7, $8, $9) as survey
               join answers as answer on answer.survey_id = survey.id
               where survey.completed_at is not null
               group by survey.id, survey.opened_at, answer.answered_at
           ), step as (
               select key, together, extract(epoch from
                          at - lag(at, 1, opened_at) over (partition by id order by at))::float8
                          as seconds
               from moment
           )
           select key as "key!",
                  percentile_cont(0.5) within group (order by seconds) as "seconds!"
           from step where together = 1 and seconds > 0 and seconds <= 600 group by key"#,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        slice.template as _,
        slice.from,
        slice.version,
        slice.hospital,
        slice.language as Option<Locale>,
        slice.mode as Option<AnswerMode>,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 600")]
    let whole = |seconds: f64| seconds.ceil() as u32;
    Ok(rows.into_iter().map(|row| (row.key, whole(row.seconds))).collect())
}

/// What patients wrote, the latest first; one more than a page shows, where there are more.
pub(super) async fn comments(read: Reader<'_>, slice: &Slice, eyes: &Eyes) -> Result<Vec<Comment>> {
    let reach = read.reach();
    let rows = sqlx::query!(
        r#"select answer.words as "words!", survey.hospital_id as "hospital_id!: HospitalId",
                  survey.department_id as "department_id: DepartmentId",
                  coalesce(patient.name_ar, '') as "patient_ar!",
                  coalesce(patient.name_en, '') as "patient_en!",
                  coalesce(patient.guardian_name, '') as "guardian!",
                  asked.question -> 'text' as "question!: Json<Bilingual>",
                  hospital.name_ar as "hospital_ar!", hospital.name_en as "hospital_en!",
                  department.name_ar as "department_ar?", department.name_en as "department_en?",
                  survey.nps, survey.completed_at as "at!"
           from surveys_asked($1, $2, $3, $4, $5, $6, $7, $8, $9) as survey
           join survey_versions as version on version.id = survey.survey_version_id
           join hospital_names as hospital on hospital.id = survey.hospital_id
           left join department_names as department on department.id = survey.department_id
           left join patients as patient on patient.id = survey.patient_id
           join answers as answer on answer.survey_id = survey.id and answer.words is not null
           join lateral jsonb_array_elements(version.content -> 'questions') as asked (question)
               on asked.question ->> 'key' = answer.question_key
              and asked.question -> 'kind' ? 'text'
           where survey.completed_at is not null
           order by survey.completed_at desc, survey.id, answer.question_key
           limit $10"#,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        slice.template as _,
        slice.from,
        slice.version,
        slice.hospital,
        slice.language as Option<Locale>,
        slice.mode as Option<AnswerMode>,
        i64::try_from(COMMENTS_MAX + 1).unwrap_or(i64::MAX),
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Comment {
            words: eyes.read(
                (row.hospital_id, row.department_id),
                &row.words,
                [&row.patient_ar, &row.patient_en, &row.guardian],
            ),
            question: general(&row.question.0),
            hospital: Bilingual { ar: row.hospital_ar, en: row.hospital_en },
            department: row
                .department_ar
                .zip(row.department_en)
                .map(|(ar, en)| Bilingual { ar, en }),
            nps: row.nps,
            at: row.at,
        })
        .collect())
}

/// One completed survey, as a file has it: nothing in it says who answered.
pub(super) struct Response {
    pub(super) id: SurveyId,
    pub(super) version: i32,
    pub(super) completed_at: DateTime<Utc>,
    pub(super) hospital_id: HospitalId,
    pub(super) department_id: Option<DepartmentId>,
    pub(super) patient_ar: String,
    pub(super) patient_en: String,
    pub(super) guardian: String,
    pub(super) hospital_ar: String,
    pub(super) hospital_en: String,
    pub(super) department_ar: Option<String>,
    pub(super) department_en: Option<String>,
    pub(super) language: Locale,
    pub(super) nps: Option<i16>,
    pub(super) score: Option<i32>,
    pub(super) answers: Json<Answers>,
}

/// Completed surveys behind this one, in the order of their ids.
pub(super) async fn responses(
    read: Reader<'_>,
    slice: &Slice,
    after: Option<SurveyId>,
    limit: i64,
) -> Result<Vec<Response>> {
    let reach = read.reach();
    Ok(sqlx::query_as!(
        Response,
        r#"select survey.id as "id!: SurveyId", version.number as version,
                  survey.completed_at as "completed_at!",
                  survey.hospital_id as "hospital_id!: HospitalId",
                  survey.department_id as "department_id: DepartmentId",
                  coalesce(patient.name_ar, '') as "patient_ar!",
                  coalesce(patient.name_en, '') as "patient_en!",
                  coalesce(patient.guardian_name, '') as "guardian!",
                  hospital.name_ar as "hospital_ar!", hospital.name_en as "hospital_en!",
                  department.name_ar as "department_ar?", department.name_en as "department_en?",
                  survey.language as "language!: Locale", survey.nps,
                  survey.score::integer as score,
                  coalesce((select jsonb_object_agg(answer.question_key,
                                answer_value(number, yes_no, words, choices))
                            from answers as answer where answer.survey_id = survey.id),
                           '{}'::jsonb) as "answers!: Json<Answers>"
           from surveys_asked($1, $2, $3, $4, $5, $6, $7, $8, $9) as survey
           join survey_versions as version on version.id = survey.survey_version_id
           join hospital_names as hospital on hospital.id = survey.hospital_id
           left join department_names as department on department.id = survey.department_id
           left join patients as patient on patient.id = survey.patient_id
           where survey.completed_at is not null and survey.part <> 'invitation'
             and ($10::uuid is null or survey.id > $10)
           order by survey.id limit $11"#,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        slice.template as _,
        slice.from,
        slice.version,
        slice.hospital,
        slice.language as Option<Locale>,
        slice.mode as Option<AnswerMode>,
        after as _,
        limit,
    )
    .fetch_all(&mut *read.db().await?)
    .await?)
}
