//! How posters are read and written.

use chrono::{DateTime, Utc};
use px360_domain::ids::{
    DepartmentId, HospitalId, SurveyId, SurveyPosterId, SurveyTemplateId, SurveyVersionId, UserId,
};
use px360_domain::surveys::SurveyContent;
use px360_domain::surveys::posters::{
    MakeSurveyPoster, PosterDepartment, PosterFace, SurveyPoster,
};
use px360_domain::{Bilingual, Locale};
use sqlx::types::Json;

use crate::dates::day;
use crate::error::Result;
use crate::tx::{Reader, Tx};

/// A poster as it is stored.
pub(super) struct Row {
    id: SurveyPosterId,
    pub(super) hospital_id: HospitalId,
    pub(super) code: String,
    template_id: SurveyTemplateId,
    title: Json<Bilingual>,
    hospital_ar: String,
    hospital_en: String,
    department_ar: Option<String>,
    department_en: Option<String>,
    by_ar: String,
    by_en: String,
    made_at: DateTime<Utc>,
    begun: i64,
    completed: i64,
}

impl Row {
    pub(super) fn poster(self, may_stop: bool) -> SurveyPoster {
        SurveyPoster {
            id: self.id,
            template_id: self.template_id,
            survey: self.title.0,
            hospital: Bilingual { ar: self.hospital_ar, en: self.hospital_en },
            department: Bilingual::both(self.department_ar, self.department_en),
            made_by: Bilingual { ar: self.by_ar, en: self.by_en },
            made_at: self.made_at,
            begun: self.begun,
            completed: self.completed,
            may_stop,
        }
    }
}

/// Posters within reach that ask, the latest first; one of them where it is named.
pub(super) async fn list(read: Reader<'_>, id: Option<SurveyPosterId>) -> Result<Vec<Row>> {
    let reach = read.reach();
    Ok(sqlx::query_as!(
        Row,
        r#"select poster.id as "id: SurveyPosterId",
                  poster.hospital_id as "hospital_id: HospitalId", poster.code,
                  poster.survey_template_id as "template_id: SurveyTemplateId",
                  (select content -> 'title' from survey_versions
                   where survey_template_id = poster.survey_template_id
                     and published_at is not null
                   order by number desc limit 1) as "title!: Json<Bilingual>",
                  hospital.name_ar as "hospital_ar!", hospital.name_en as "hospital_en!",
                  department.name_ar as "department_ar?", department.name_en as "department_en?",
                  person.name_ar as "by_ar!", person.name_en as "by_en!", poster.made_at,
                  (select count(*) from surveys where poster_id = poster.id) as "begun!",
                  (select count(*) from surveys
                   where poster_id = poster.id and completed_at is not null) as "completed!"
           from survey_posters as poster
           join hospital_names as hospital on hospital.id = poster.hospital_id
           left join department_names as department on department.id = poster.department_id
           join user_names as person on person.id = poster.made_by
           join survey_templates as template on template.id = poster.survey_template_id
           where poster.retired_at is null and template.retired_at is null
             and ($1 or poster.hospital_id = any($2) or poster.department_id = any($3))
             and ($4::uuid is null or poster.id = $4)
           order by poster.made_at desc, poster.id desc
           limit 500"#,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        id as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?)
}

/// The departments of the hospitals within reach.
pub(super) async fn departments(read: Reader<'_>) -> Result<Vec<PosterDepartment>> {
    let reach = read.reach();
    let rows = sqlx::query!(
        r#"select department.id as "id: DepartmentId",
                  department.hospital_id as "hospital_id: HospitalId",
                  department.name_ar, department.name_en
           from departments as department
           where ($1 or department.hospital_id = any($2)) and department.deleted_at is null
           order by department.code, department.id
           limit 2000"#,
        reach.all,
        &reach.hospitals as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    let department = rows.into_iter().map(|row| PosterDepartment {
        id: row.id,
        hospital_id: row.hospital_id,
        name: Bilingual { ar: row.name_ar, en: row.name_en },
    });
    Ok(department.collect())
}

/// Whether a published survey of the group or of this hospital is asked for.
pub(super) async fn can_be_asked(read: Reader<'_>, cmd: &MakeSurveyPoster) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
               select from survey_templates as template
               join survey_versions as version on version.survey_template_id = template.id
               where template.id = $1 and template.retired_at is null
                 and version.published_at is not null
                 and (template.hospital_id is null or template.hospital_id = $2)) as "can!""#,
        cmd.template_id as _,
        cmd.hospital_id as _,
    )
    .fetch_one(&mut *read.db().await?)
    .await?)
}

pub(super) async fn insert(
    tx: &mut Tx,
    id: SurveyPosterId,
    cmd: &MakeSurveyPoster,
    code: &str,
    by: UserId,
) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into survey_posters
             (id, hospital_id, department_id, survey_template_id, code, made_by, made_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        id as _,
        cmd.hospital_id as _,
        cmd.department_id as _,
        cmd.template_id as _,
        code,
        by as _,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// False when it was stopped already.
pub(super) async fn retire(tx: &mut Tx, id: SurveyPosterId, by: UserId) -> Result<bool> {
    let now = tx.now();
    let retired = sqlx::query!(
        "update survey_posters set retired_by = $2, retired_at = $3
         where id = $1 and retired_at is null",
        id as _,
        by as _,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(retired.rows_affected() == 1)
}

/// What a code that asks leads to, with its survey's current version.
pub(super) async fn face(read: Reader<'_>, code: &str) -> Result<Option<PosterFace>> {
    let row = sqlx::query!(
        r#"select hospital.name_ar as hospital_ar, hospital.name_en as hospital_en,
                  department.name_ar as "department_ar?", department.name_en as "department_en?",
                  hospital.help_phone, content as "content!: Json<SurveyContent>"
           from survey_posters as poster
           join survey_templates as template on template.id = poster.survey_template_id
           join survey_versions as version on version.survey_template_id = template.id
           join hospitals as hospital on hospital.id = poster.hospital_id
           left join departments as department on department.id = poster.department_id
           where poster.code = $1 and poster.retired_at is null and template.retired_at is null
             and version.published_at is not null and hospital.deleted_at is null
             and department.deleted_at is null
           order by version.number desc limit 1"#,
        code,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?;
    Ok(row.map(|row| PosterFace {
        hospital: Bilingual { ar: row.hospital_ar, en: row.hospital_en },
        help_phone: row.help_phone,
        department: Bilingual::both(row.department_ar, row.department_en),
        asks_who: row.content.asks_who(),
        title: row.content.0.title,
        introduction: row.content.0.introduction,
    }))
}

/// A poster that asks.
pub(super) struct Hanging {
    pub(super) id: SurveyPosterId,
    pub(super) hospital_id: HospitalId,
    pub(super) department_id: Option<DepartmentId>,
    survey_version_id: SurveyVersionId,
}

/// The poster of a code that asks, with its survey's current version, locked so that its readers are counted one by one.
pub(super) async fn lock_hanging(tx: &mut Tx, code: &str) -> Result<Option<Hanging>> {
    Ok(sqlx::query_as!(
        Hanging,
        r#"select poster.id as "id: SurveyPosterId",
                  poster.hospital_id as "hospital_id: HospitalId",
                  poster.department_id as "department_id: DepartmentId",
                  version.id as "survey_version_id: SurveyVersionId"
           from survey_posters as poster
           join survey_templates as template on template.id = poster.survey_template_id
           join survey_versions as version on version.survey_template_id = template.id
           join hospitals as hospital on hospital.id = poster.hospital_id
           left join departments as department on department.id = poster.department_id
           where poster.code = $1 and poster.retired_at is null and template.retired_at is null
             and version.published_at is not null and hospital.deleted_at is null
             and department.deleted_at is null
           order by version.number desc limit 1 for update of poster"#,
        code,
    )
    .fetch_optional(tx.db())
    .await?)
}

/// How many began from a poster within a minute, and within a day.
pub(super) async fn begun_lately(tx: &mut Tx, id: SurveyPosterId) -> Result<(i64, i64)> {
    let now = tx.now();
    let begun = sqlx::query!(
        r#"select count(*) filter (where created_at > $2::timestamptz - interval '1 minute')
                      as "minute!",
                  count(*) as "day!"
           from surveys
           where poster_id = $1 and created_at > $2::timestamptz - interval '1 day'"#,
        id as _,
        now,
    )
    .fetch_one(tx.db())
    .await?;
    Ok((begun.minute, begun.day))
}

/// Stores a survey that is handed over on the spot, and looked at.
pub(super) async fn insert_survey(
    tx: &mut Tx,
    id: SurveyId,
    hanging: &Hanging,
    language: Locale,
    expires_at: DateTime<Utc>,
) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into surveys (id, hospital_id, survey_version_id, poster_id, department_id, status,
                              language, mode, created_at, created_on, sent_at, opened_at,
                              expires_at)
         values ($1, $2, $3, $4, $5, 'sent', $6, 'poster', $7, $8, $7, $7, $9)",
        id as _,
        hanging.hospital_id as _,
        hanging.survey_version_id as _,
        hanging.id as _,
        hanging.department_id as _,
        language as _,
        now,
        day(now),
        expires_at,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}
