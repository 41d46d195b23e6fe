//! Where files are kept.

use std::collections::BTreeMap;

use px360_domain::ids::{DepartmentId, HospitalId, SurveyFileId, SurveyId, UserId};
use px360_domain::surveys::{SurveyFile, SurveyFileFormat};
use serde::Deserialize;
use sqlx::types::Json;

use crate::error::Result;
use crate::tx::{Reader, Tx};

/// Keeps the file of one answer, in place of the one that was there; answers under which id, which stays the same.
pub(super) async fn keep(
    tx: &mut Tx,
    survey: SurveyId,
    key: &str,
    file: &SurveyFile,
    bytes: &[u8],
) -> Result<SurveyFileId> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"insert into survey_files (id, survey_id, question_key, name, format, bytes, kept_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict on constraint survey_files_question_key
         do update set name = excluded.name, format = excluded.format, bytes = excluded.bytes,
                       kept_at = excluded.kept_at
         returning id as "id: SurveyFileId""#,
        file.id as _,
        survey as _,
        key,
        file.name,
        file.format as _,
        bytes,
        now,
    )
    .fetch_one(tx.db())
    .await?)
}

/// Forgets the files of a survey that are not named, each by the key of its answer and its id; the keys of those that
/// stay, and how many went.
pub(super) async fn forget_others(
    tx: &mut Tx,
    survey: SurveyId,
    named: &[(String, String)],
) -> Result<(Vec<String>, i64)> {
    let (keys, ids): (Vec<String>, Vec<String>) = named.iter().cloned().unzip();
    let row = sqlx::query!(
        r#"with named as (
               select file.id, file.question_key from survey_files as file
               join unnest($2::text[], $3::text[]) as answer (question_key, id)
                   on answer.question_key = file.question_key and answer.id = file.id::text
               where file.survey_id = $1
           ), gone as (
               delete from survey_files
               where survey_id = $1 and id not in (select id from named)
               returning 1
           )
           select array(select question_key from named) as "kept!",
                  (select count(*) from gone) as "gone!""#,
        survey as _,
        &keys,
        &ids,
    )
    .fetch_one(tx.db())
    .await?;
    Ok((row.kept, row.gone))
}

/// Settles files of surveys that are over, each once: those that no answer names are forgotten. How many were looked at,
/// and how many of them were forgotten.
pub(in crate::surveys) async fn forget_unnamed(tx: &mut Tx, limit: i64) -> Result<(i64, i64)> {
    let now = tx.now();
    let row = sqlx::query!(
        r#"with over as (
               select file.id,
                      exists (select from answers
                              where survey_id = file.survey_id and question_key = file.question_key
                                and words = file.id::text) as named
               from survey_files as file
               join surveys as survey on survey.id = file.survey_id
               where not file.settled and survey.expires_at <= $2
               limit $1
           ), gone as (
               delete from survey_files where id in (select id from over where not named)
           ), stays as (
               update survey_files set settled = true
               where id in (select id from over where named)
           )
           select count(*) as "looked_at!", count(*) filter (where not named) as "gone!" from over"#,
        limit,
        now,
    )
    .fetch_one(tx.db())
    .await?;
    Ok((row.looked_at, row.gone))
}

/// The files of one survey, by the keys of their answers.
pub(in crate::surveys) async fn of_survey(
    read: Reader<'_>,
    survey: SurveyId,
) -> Result<BTreeMap<String, SurveyFile>> {
    let rows = sqlx::query!(
        r#"select question_key, id as "id: SurveyFileId", name, format as "format: SurveyFileFormat",
                  octet_length(bytes) as "size!"
           from survey_files where survey_id = $1"#,
        survey as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    let files = rows.into_iter().map(|row| {
        let size = row.size.unsigned_abs();
        (row.question_key, SurveyFile { id: row.id, name: row.name, format: row.format, size })
    });
    Ok(files.collect())
}

/// A file with where it belongs.
pub(super) struct Found {
    pub(super) survey_id: SurveyId,
    pub(super) hospital_id: HospitalId,
    pub(super) department_id: Option<DepartmentId>,
    /// The actions that came of its survey.
    pub(super) actions: Vec<Caused>,
    pub(super) file: SurveyFile,
    pub(super) bytes: Vec<u8>,
}

/// An action that came of a survey.
#[derive(Debug, Deserialize)]
pub(super) struct Caused {
    pub(super) department_id: Option<DepartmentId>,
    pub(super) owner_id: Option<UserId>,
}

pub(super) async fn find(tx: &mut Tx, id: SurveyFileId) -> Result<Option<Found>> {
    let row = sqlx::query!(
        r#"select file.name, file.format as "format: SurveyFileFormat", file.bytes,
                  survey.id as "survey_id: SurveyId", survey.hospital_id as "hospital_id: HospitalId",
                  survey.department_id as "department_id: DepartmentId",
                  coalesce((select jsonb_agg(jsonb_build_object(
                                'department_id', action.department_id, 'owner_id', action.owner_id))
                            from actions as action
                            where action.survey_id = survey.id
                               or action.id in (select action_id from action_log
                                                where survey_id = survey.id)),
                           '[]') as "actions!: Json<Vec<Caused>>"
           from survey_files as file
           join surveys as survey on survey.id = file.survey_id
           where file.id = $1"#,
        id as _,
    )
    .fetch_optional(tx.db())
    .await?;
    Ok(row.map(|row| Found {
        survey_id: row.survey_id,
        hospital_id: row.hospital_id,
        department_id: row.department_id,
        actions: row.actions.0,
        file: SurveyFile {
            id,
            name: row.name,
            format: row.format,
            size: u32::try_from(row.bytes.len()).unwrap_or(u32::MAX),
        },
        bytes: row.bytes,
    }))
}
