//! How surveys come, change and go with their stages.

use chrono::{DateTime, Utc};
use px360_domain::ids::{
    DepartmentId, JourneyId, PatientId, PhysicianId, StageId, SurveyId, SurveyTemplateId,
};
use px360_domain::surveys::SurveyStatus;

use super::reconcile::WantedSurvey;
use crate::dates::day;
use crate::error::Result;
use crate::tx::Tx;

/// A survey that is there.
pub(super) struct Kept {
    pub(super) id: SurveyId,
    pub(super) stage_id: StageId,
    pub(super) status: SurveyStatus,
    pub(super) sent_at: Option<DateTime<Utc>>,
    pub(super) completed_at: Option<DateTime<Utc>>,
    survey_template_id: SurveyTemplateId,
    patient_id: PatientId,
    department_id: Option<DepartmentId>,
    physician_id: Option<PhysicianId>,
    expires_at: DateTime<Utc>,
    language_changed: bool,
}

impl Kept {
    /// Whether what is wanted is about somebody or something else.
    pub(super) fn differs_from(&self, wanted: &WantedSurvey) -> bool {
        self.language_changed
            || self.survey_template_id != wanted.survey_template_id
            || self.patient_id != wanted.patient_id
            || self.department_id != wanted.department_id
            || self.physician_id != wanted.physician_id
            || self.expires_at != wanted.expires_at()
    }
}

/// The surveys of these journeys.
pub(super) async fn of_journeys(tx: &mut Tx, journeys: &[JourneyId]) -> Result<Vec<Kept>> {
    let surveys = sqlx::query_as!(
        Kept,
        r#"select survey.id as "id: SurveyId", survey.stage_id as "stage_id!: StageId",
                  survey.status as "status: SurveyStatus", survey.sent_at, survey.completed_at,
                  version.survey_template_id as "survey_template_id: SurveyTemplateId",
                  survey.patient_id as "patient_id!: PatientId",
                  survey.department_id as "department_id: DepartmentId",
                  survey.physician_id as "physician_id: PhysicianId", survey.expires_at,
                  survey.language <> patient.language as "language_changed!"
           from stages as stage
           join surveys as survey on survey.stage_id = stage.id
           join survey_versions as version on version.id = survey.survey_version_id
           join patients as patient on patient.id = survey.patient_id
           where stage.journey_id = any($1)
           order by survey.id
           for update of survey"#,
        journeys as _,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(surveys)
}

/// Stores surveys in their patients' languages, each in the version that its template has now. A second one for a stage breaks on `surveys_stage_key`.
pub(super) async fn insert(tx: &mut Tx, surveys: &[(SurveyId, WantedSurvey)]) -> Result<()> {
    let now = tx.now();
    let each = |get: fn(&WantedSurvey) -> uuid::Uuid| -> Vec<uuid::Uuid> {
        surveys.iter().map(|(_, survey)| get(survey)).collect()
    };
    sqlx::query!(
        "insert into surveys (id, hospital_id, survey_version_id, patient_id, stage_id,
                              department_id, physician_id, status, language, created_at,
                              created_on, expires_at)
         select new.id, hospital_id,
                (select version.id from survey_versions as version
                 where version.survey_template_id = new.survey_template_id
                   and published_at is not null
                 order by number desc limit 1),
                patient_id, stage_id, department_id, physician_id, 'scheduled',
                patient.language, $9, $10, expires_at
         from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[],
                     $7::uuid[], $8::timestamptz[])
              as new (id, hospital_id, survey_template_id, patient_id, stage_id, department_id,
                      physician_id, expires_at)
         join patients as patient on patient.id = new.patient_id",
        &surveys.iter().map(|(id, _)| *id).collect::<Vec<_>>() as _,
        &each(|survey| survey.hospital_id.0),
        &each(|survey| survey.survey_template_id.0),
        &each(|survey| survey.patient_id.0),
        &each(|survey| survey.stage_id.0),
        &surveys.iter().map(|(_, survey)| survey.department_id).collect::<Vec<_>>() as _,
        &surveys.iter().map(|(_, survey)| survey.physician_id).collect::<Vec<_>>() as _,
        &surveys.iter().map(|(_, survey)| survey.expires_at()).collect::<Vec<_>>(),
        now,
        day(now),
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Makes surveys that were not sent yet what is wanted, in the version that it has now.
pub(super) async fn update(tx: &mut Tx, surveys: &[(SurveyId, WantedSurvey)]) -> Result<()> {
    sqlx::query!(
        "update surveys as survey
         set survey_version_id = (select version.id from survey_versions as version
                                  where version.survey_template_id = new.survey_template_id
                                    and published_at is not null
                                  order by number desc limit 1),
             patient_id = new.patient_id, department_id = new.department_id, physician_id = new.physician_id,
             expires_at = new.expires_at, language = patient.language
         from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[],
                     $6::timestamptz[])
              as new (id, survey_template_id, patient_id, department_id, physician_id, expires_at)
         join patients as patient on patient.id = new.patient_id
         where survey.id = new.id",
        &surveys.iter().map(|(id, _)| *id).collect::<Vec<_>>() as _,
        &surveys.iter().map(|(_, survey)| survey.survey_template_id).collect::<Vec<_>>() as _,
        &surveys.iter().map(|(_, survey)| survey.patient_id).collect::<Vec<_>>() as _,
        &surveys.iter().map(|(_, survey)| survey.department_id).collect::<Vec<_>>() as _,
        &surveys.iter().map(|(_, survey)| survey.physician_id).collect::<Vec<_>>() as _,
        &surveys.iter().map(|(_, survey)| survey.expires_at()).collect::<Vec<_>>(),
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Takes surveys back.
pub(super) async fn mark_reversed(tx: &mut Tx, surveys: &[SurveyId]) -> Result<()> {
    sqlx::query!("update surveys set status = 'reversed' where id = any($1)", surveys as _)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Puts surveys back where they were when they were taken back.
pub(super) async fn mark_revived(tx: &mut Tx, surveys: &[SurveyId]) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "update surveys as survey
         set status = case
             when completed_at is not null then 'completed'
             when screened_out_at is not null then 'screened_out'
             when expires_at <= $2 then 'expired'
             when started_at is not null then 'started'
             when sent_at is not null then 'sent'
             when exists (select from notifications as invitation
                          where invitation.survey_id = survey.id
                            and invitation.status = 'suppressed') then 'suppressed'
             else 'scheduled' end
         where id = any($1)",
        surveys as _,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}
