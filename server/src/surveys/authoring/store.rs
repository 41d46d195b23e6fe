//! How survey templates and their versions are read.

use chrono::{DateTime, TimeDelta, Utc};
use px360_domain::ids::{HospitalId, SurveyTemplateId, SurveyVersionId};
use px360_domain::surveys::authoring::{
    SurveyQuestionRow, SurveyTemplateRow, SurveyVersionRow, VersionState,
};
use px360_domain::surveys::{Question, SurveyContent};
use px360_domain::{Bilingual, Failure};
use sqlx::types::Json;

use crate::error::Result;
use crate::tx::Reader;

/// A hospital whose patients may be asked: what a message to them is shown with.
pub(super) async fn a_hospital(read: Reader<'_>) -> Result<Option<Bilingual>> {
    let row = sqlx::query!("select name_ar, name_en from hospital_names order by code limit 1")
        .fetch_optional(&mut *read.db().await?)
        .await?;
    Ok(row.and_then(|row| Bilingual::both(row.name_ar, row.name_en)))
}

/// How far back completed surveys are counted in the list.
const COUNTED: TimeDelta = TimeDelta::days(30);

/// Templates within reach, or one of them.
pub(super) async fn list(
    read: Reader<'_>,
    now: DateTime<Utc>,
    id: Option<SurveyTemplateId>,
) -> Result<Vec<SurveyTemplateRow>> {
    let reach = read.reach();
    let rows = sqlx::query!(
        r#"select template.id as "id: SurveyTemplateId",
                  template.hospital_id as "hospital_id: HospitalId",
                  hospital.name_ar as "hospital_ar?", hospital.name_en as "hospital_en?", template.code,
                  coalesce(current.content, draft.content) -> 'title' as "name: Json<Bilingual>",
                  jsonb_array_length(coalesce(current.content, draft.content) -> 'questions')
                      as questions,
                  current.number as "current?", current.published_at as "published_at?",
                  draft.number is not null as "drafted!",
                  (select count(*) from stage_templates as stage
                   join journey_templates as journey on journey.id = stage.journey_template_id
                   where stage.survey_template_id = template.id
                     and journey.published_at is not null and journey.retired_at is null)
                      as "stages!",
                  (select count(*) from surveys as survey
                   join survey_versions as version on version.id = survey.survey_version_id
                   where version.survey_template_id = template.id and survey.completed_at > $4
                     and survey.part <> 'answers'
                     and ($1 or survey.hospital_id = any($2) or survey.department_id = any($5)))
                      as "completed!",
                  retired_at
           from survey_templates as template
           left join hospital_names as hospital on hospital.id = template.hospital_id
           left join lateral (
               select content, number, published_at from survey_versions
               where survey_template_id = template.id and published_at is not null
               order by number desc limit 1) as current on true
           left join survey_versions as draft
               on draft.survey_template_id = template.id and draft.published_at is null
           where ($1 or template.hospital_id is null or template.hospital_id = any($2)
                  or template.hospital_id in (select hospital_id from departments
                                              where departments.id = any($5)))
             and ($3::uuid is null or template.id = $3)
             and coalesce(current.number, draft.number) is not null
           order by retired_at is not null, template.hospital_id nulls first, template.code"#,
        reach.all,
        &reach.hospitals as _,
        id as _,
        now - COUNTED,
        &reach.departments as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| SurveyTemplateRow {
            id: row.id,
            hospital_id: row.hospital_id,
            hospital: row.hospital_ar.zip(row.hospital_en).map(|(ar, en)| Bilingual { ar, en }),
            code: row.code,
            name: row.name.map(|Json(name)| name).unwrap_or_default(),
            current: row.current,
            published_at: row.published_at,
            drafted: row.drafted,
            questions: row.questions.unwrap_or_default().into(),
            stages: row.stages,
            completed: row.completed,
            retired_at: row.retired_at,
        })
        .collect())
}

/// All versions of a template, newest first.
pub(super) async fn versions(
    read: Reader<'_>,
    id: SurveyTemplateId,
) -> Result<Vec<SurveyVersionRow>> {
    let reach = read.reach();
    let rows = sqlx::query!(
        r#"select version.id as "id: SurveyVersionId", version.number, version.published_at,
                  author.name_ar as "by_ar?", author.name_en as "by_en?",
                  (select count(*) from surveys as survey
                   where survey.survey_version_id = version.id
                     and survey.completed_at is not null and survey.part <> 'answers'
                     and ($1 or survey.hospital_id = any($2) or survey.department_id = any($4)))
                      as "completed!"
           from survey_versions as version
           left join user_names as author on author.id = version.author_id
           where version.survey_template_id = $3
           order by version.published_at is not null, version.number desc"#,
        reach.all,
        &reach.hospitals as _,
        id as _,
        &reach.departments as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    let mut current = true;
    Ok(rows
        .into_iter()
        .map(|row| SurveyVersionRow {
            id: row.id,
            number: row.number,
            state: match row.published_at {
                None => VersionState::Draft,
                Some(_) if std::mem::take(&mut current) => VersionState::Current,
                Some(_) => VersionState::Earlier,
            },
            published_at: row.published_at,
            by: row.by_ar.zip(row.by_en).map(|(ar, en)| Bilingual { ar, en }),
            completed: row.completed,
        })
        .collect())
}

/// What a version asks, and its `lock_version`.
pub(super) async fn content(read: Reader<'_>, id: SurveyVersionId) -> Result<(SurveyContent, i32)> {
    let row = sqlx::query!(
        r#"select content as "content: Json<SurveyContent>", lock_version
           from survey_versions where id = $1"#,
        id as _,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?;
    let row = row.ok_or_else(|| Failure::not_found("survey_version"))?;
    Ok((row.content.0, row.lock_version))
}

/// What a template within reach asks now: the current version, or else the draft.
pub(super) async fn latest(
    read: Reader<'_>,
    now: DateTime<Utc>,
    id: SurveyTemplateId,
) -> Result<SurveyContent> {
    if list(read, now, Some(id)).await?.is_empty() {
        return Err(Failure::not_found("survey_template").into());
    }
    let versions = versions(read, id).await?;
    let current = versions.iter().find(|version| version.state == VersionState::Current);
    let version = current.or(versions.first());
    let version = version.ok_or_else(|| Failure::not_found("survey_template"))?;
    Ok(content(read, version.id).await?.0)
}

/// The template of a version.
pub(super) async fn template_of(
    read: Reader<'_>,
    id: SurveyVersionId,
) -> Result<Option<SurveyTemplateId>> {
    Ok(sqlx::query_scalar!(
        r#"select survey_template_id as "id: SurveyTemplateId" from survey_versions where id = $1"#,
        id as _,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?)
}

/// The questions of all current versions within reach.
pub(super) async fn questions(read: Reader<'_>) -> Result<Vec<SurveyQuestionRow>> {
    let reach = read.reach();
    let rows = sqlx::query!(
        r#"select template.id as "id: SurveyTemplateId", template.code, current.number,
                  asked.place as "place!", asked.question as "question!: Json<Question>"
           from survey_templates as template
           join lateral (
               select content, number from survey_versions
               where survey_template_id = template.id and published_at is not null
               order by number desc limit 1) as current on true
           cross join lateral jsonb_array_elements(current.content -> 'questions')
               with ordinality as asked (question, place)
           where template.retired_at is null
             and ($1 or template.hospital_id is null or template.hospital_id = any($2)
                  or template.hospital_id in (select hospital_id from departments
                                              where departments.id = any($3)))
           order by template.code, asked.place"#,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| SurveyQuestionRow {
            template_id: row.id,
            template_code: row.code,
            version: row.number,
            place: row.place,
            question: row.question.0,
        })
        .collect())
}
