//! A completed stage asks for a survey.

use chrono::{DateTime, TimeDelta, Utc};
use px360_domain::Locale;
use px360_domain::ids::{
    DepartmentId, HospitalId, PatientId, PhysicianId, StageId, SurveyId, SurveyVersionId,
};
use px360_domain::notifications::NotificationKind;

use super::store;
use crate::analytics;
use crate::error::Result;
use crate::notifications::{NewNotification, Recipient, queue_in};
use crate::tx::Tx;

/// How long a link works, counted from the visit: memories fade, and so does the use of answers.
pub(super) const VALID_DAYS: i64 = 30;

/// A survey to be.
#[derive(Clone, Debug)]
pub struct NewSurvey {
    /// Which.
    pub id: SurveyId,
    /// Whose patient.
    pub hospital_id: HospitalId,
    /// What is asked.
    pub survey_version_id: SurveyVersionId,
    /// Who is asked.
    pub patient_id: PatientId,
    /// The stage that asks.
    pub stage_id: StageId,
    /// Where it happened.
    pub department_id: Option<DepartmentId>,
    /// Who treated.
    pub physician_id: Option<PhysicianId>,
    /// The language of the invitation.
    pub language: Locale,
    /// When the stage was completed.
    pub completed_at: DateTime<Utc>,
    /// How long after that the invitation goes out, in minutes.
    pub delay_minutes: i32,
}

impl NewSurvey {
    pub(super) fn expires_at(&self) -> DateTime<Utc> {
        self.completed_at + TimeDelta::days(VALID_DAYS)
    }
}

/// Stores surveys with their invitations, and counts them, in the caller's transaction.
pub async fn invite_in(tx: &mut Tx, surveys: &[NewSurvey]) -> Result<()> {
    if surveys.is_empty() {
        return Ok(());
    }
    store::insert_surveys(tx, surveys).await?;
    let now = tx.now();
    let invitations: Vec<NewNotification> = surveys
        .iter()
        .map(|survey| NewNotification {
            hospital_id: survey.hospital_id,
            kind: NotificationKind::SurveyInvitation,
            recipient: Recipient::Patient(survey.patient_id),
            survey_id: Some(survey.id),
            action_id: None,
            dedupe_key: format!("survey:{}", survey.id),
            send_after: now
                .max(survey.completed_at + TimeDelta::minutes(i64::from(survey.delay_minutes))),
        })
        .collect();
    queue_in(tx, &invitations).await?;
    let places: Vec<_> =
        surveys.iter().map(|survey| (survey.hospital_id, survey.department_id)).collect();
    analytics::count_created_in(tx, &places).await
}
