//! How surveys are read one by one.

use chrono::{DateTime, NaiveDate, Utc};
use px360_domain::access::Reach;
use px360_domain::ids::{
    DepartmentId, HospitalId, PatientId, SurveyId, SurveyTemplateId, SurveyVersionId, UserId,
};
use px360_domain::surveys::{
    AnswerMode, Answers, SurveyInstance, SurveyInstanceFilter, SurveyStatus,
};
use px360_domain::{Bilingual, Locale};
use sqlx::types::Json;

use crate::error::Result;
use crate::tx::{Reader, Tx};

/// One survey as it is stored.
pub(super) struct Row {
    pub(super) id: SurveyId,
    pub(super) survey_version_id: SurveyVersionId,
    pub(super) template_id: SurveyTemplateId,
    pub(super) title: Json<Bilingual>,
    pub(super) version: i32,
    pub(super) hospital_id: HospitalId,
    pub(super) department_id: Option<DepartmentId>,
    pub(super) hospital_ar: String,
    pub(super) hospital_en: String,
    pub(super) department_ar: Option<String>,
    pub(super) department_en: Option<String>,
    pub(super) stage_ar: Option<String>,
    pub(super) stage_en: Option<String>,
    pub(super) patient_id: Option<PatientId>,
    /// Whether the answers are cut off from whoever gives them.
    pub(super) anonymous: bool,
    pub(super) status: SurveyStatus,
    pub(super) language: Locale,
    pub(super) mode: AnswerMode,
    pub(super) nps: Option<i16>,
    pub(super) score: Option<i16>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) sent_at: Option<DateTime<Utc>>,
    pub(super) started_at: Option<DateTime<Utc>>,
    pub(super) completed_at: Option<DateTime<Utc>>,
    pub(super) expires_at: DateTime<Utc>,
    pub(super) privacy_notice: Option<NaiveDate>,
}

impl Row {
    /// As whoever may see the patient, or may not, is told.
    pub(super) fn instance(self, sees_patient: bool, may_enter: bool) -> SurveyInstance {
        SurveyInstance {
            id: self.id,
            template_id: self.template_id,
            survey: self.title.0,
            version: self.version,
            hospital: Bilingual { ar: self.hospital_ar, en: self.hospital_en },
            department: Bilingual::both(self.department_ar, self.department_en),
            stage: Bilingual::both(self.stage_ar, self.stage_en),
            patient_id: self.patient_id.filter(|_| sees_patient),
            status: self.status,
            language: self.language,
            mode: self.mode,
            nps: self.nps.and_then(|nps| u8::try_from(nps).ok()),
            score: self.score.and_then(|score| u16::try_from(score).ok()),
            created_at: self.created_at,
            sent_at: self.sent_at,
            started_at: self.started_at,
            completed_at: self.completed_at,
            expires_at: self.expires_at,
            may_enter,
        }
    }
}

/// Surveys within reach, the latest first.
pub(super) async fn list(
    read: Reader<'_>,
    filter: (&SurveyInstanceFilter, Option<&Reach>),
    before: Option<(DateTime<Utc>, SurveyId)>,
    limit: i64,
) -> Result<Vec<Row>> {
    find(read, filter, None, before, limit).await
}

/// One survey within reach.
pub(super) async fn one(read: Reader<'_>, id: SurveyId) -> Result<Option<Row>> {
    let rows = find(read, (&SurveyInstanceFilter::default(), None), Some(id), None, 1).await?;
    Ok(rows.into_iter().next())
}

/// A second reach narrows the first one.
async fn find(
    read: Reader<'_>,
    (filter, also): (&SurveyInstanceFilter, Option<&Reach>),
    id: Option<SurveyId>,
    before: Option<(DateTime<Utc>, SurveyId)>,
    limit: i64,
) -> Result<Vec<Row>> {
    let (reach, (before_at, before_id)) = (read.reach(), before.unzip());
    let everywhere = Reach { all: true, ..Reach::default() };
    let also = also.unwrap_or(&everywhere);
    Ok(sqlx::query_as!(
        Row,
        r#"select survey.id as "id: SurveyId",
                  survey.survey_version_id as "survey_version_id: SurveyVersionId",
                  version.survey_template_id as "template_id: SurveyTemplateId",
                  version.content -> 'title' as "title!: Json<Bilingual>",
                  version.number as version,
                  coalesce((version.content ->> 'anonymous')::boolean, false) as "anonymous!",
                  survey.hospital_id as "hospital_id: HospitalId",
                  survey.department_id as "department_id: DepartmentId",
                  hospital.name_ar as "hospital_ar!", hospital.name_en as "hospital_en!",
                  department.name_ar as "department_ar?", department.name_en as "department_en?",
                  told.name_ar as "stage_ar?", told.name_en as "stage_en?",
                  survey.patient_id as "patient_id: PatientId",
                  survey.status as "status: SurveyStatus", survey.language as "language: Locale",
                  survey.mode as "mode: AnswerMode", survey.nps, survey.score,
                  survey.created_at, survey.sent_at, survey.started_at, survey.completed_at,
                  survey.expires_at, survey.privacy_notice
           from surveys as survey
           join survey_versions as version on version.id = survey.survey_version_id
           left join stages as stage on stage.id = survey.stage_id
           left join stage_templates as told on told.id = stage.stage_template_id
           join hospital_names as hospital on hospital.id = survey.hospital_id
           left join department_names as department on department.id = survey.department_id
           where ($1 or survey.hospital_id = any($2) or survey.department_id = any($3))
             and ($13 or survey.hospital_id = any($14) or survey.department_id = any($15))
             and ($4::uuid is null or survey.id = $4)
             and (survey.part <> 'answers'
                  or lost_in_a_crowd(survey.survey_version_id, survey.completed_at,
                                     survey.hospital_id, survey.department_id))
             and ($5::text is null or hospital.code = $5)
             and ($6::uuid is null or version.survey_template_id = $6)
             and ($7::text is null or survey.status = $7)
             and ($8::text is null or survey.mode = $8)
             and ($9::uuid is null or survey.patient_id = $9)
             and ($10::timestamptz is null or (survey.created_at, survey.id) < ($10, $11))
           order by survey.created_at desc, survey.id desc
           limit $12"#,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        id as _,
        filter.hospital,
        filter.template_id as _,
        filter.status as _,
        filter.mode as _,
        filter.patient_id as _,
        before_at,
        before_id as _,
        limit,
        also.all,
        &also.hospitals as _,
        &also.departments as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?)
}

/// What was answered, and what tells who wrote it.
pub(super) struct Given {
    pub(super) answers: Json<Answers>,
    pub(super) patient_ar: String,
    pub(super) patient_en: String,
    pub(super) guardian: String,
}

pub(super) async fn given(read: Reader<'_>, id: SurveyId) -> Result<Given> {
    Ok(sqlx::query_as!(
        Given,
        r#"select coalesce((select jsonb_object_agg(answer.question_key,
                                answer_value(number, yes_no, words, choices))
                            from answers as answer where answer.survey_id = survey.id),
                           '{}'::jsonb) as "answers!: Json<Answers>",
                  coalesce(patient.name_ar, '') as "patient_ar!",
                  coalesce(patient.name_en, '') as "patient_en!",
                  coalesce(patient.guardian_name, '') as "guardian!"
           from surveys as survey
           left join patients as patient on patient.id = survey.patient_id
           where survey.id = $1"#,
        id as _,
    )
    .fetch_one(&mut *read.db().await?)
    .await?)
}

/// Whether the patient of this survey may be called.
pub(super) async fn may_be_called(tx: &mut Tx, id: SurveyId) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select not (patient.do_not_contact or patient.deceased
                      or patient.consent = 'withdrawn'
                      or patient.consent = 'not_asked' and hospital.consent_required
                      or exists (
                      select from opt_outs
                      where opt_outs.patient_id = patient.id and channel is null
                        and revoked_at is null)) as "may!"
           from surveys as survey
           join patients as patient on patient.id = survey.patient_id
           join hospitals as hospital on hospital.id = survey.hospital_id
           where survey.id = $1"#,
        id as _,
    )
    .fetch_optional(tx.db())
    .await?
    .unwrap_or(false))
}

/// Notes how the answers reach us, and who enters them.
pub(super) async fn mark_entry(
    tx: &mut Tx,
    id: SurveyId,
    mode: AnswerMode,
    by: UserId,
) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "update surveys set mode = $2, entered_by = $3, entry_begun_at = $4 where id = $1",
        id as _,
        mode as _,
        by as _,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}
