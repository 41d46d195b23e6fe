//! Brings the surveys of journeys to where their stages want them.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use px360_domain::ids::{
    DepartmentId, HospitalId, JourneyId, PatientId, PhysicianId, StageId, SurveyId,
    SurveyTemplateId,
};
use px360_domain::notifications::NotificationKind;
use px360_domain::surveys::SurveyStatus;

use super::store::{self, Kept};
use crate::analytics;
use crate::error::Result;
use crate::notifications::{self, NewNotification, Recipient, queue_in};
use crate::tx::Tx;

/// How long a link works, counted from the visit: memories fade, and so does the use of answers.
pub(super) const VALID_DAYS: i64 = 30;

/// A survey that a stage asks for.
#[derive(Clone, Debug)]
pub struct WantedSurvey {
    /// Whose patient.
    pub hospital_id: HospitalId,
    /// What is asked, in the version that it has when the survey is made.
    pub survey_template_id: SurveyTemplateId,
    /// Who is asked.
    pub patient_id: PatientId,
    /// The stage that asks. It asks once, whatever happens.
    pub stage_id: StageId,
    /// Where it happened.
    pub department_id: Option<DepartmentId>,
    /// Who treated.
    pub physician_id: Option<PhysicianId>,
    /// When the stage was completed.
    pub completed_at: DateTime<Utc>,
    /// How long after that the invitation goes out, in minutes.
    pub delay_minutes: i32,
}

impl WantedSurvey {
    pub(super) fn expires_at(&self) -> DateTime<Utc> {
        self.completed_at + TimeDelta::days(VALID_DAYS)
    }

    fn send_after(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now.max(self.completed_at + TimeDelta::minutes(i64::from(self.delay_minutes)))
    }
}

/// What has to be done, by what is wanted and what is there.
#[derive(Debug, Default)]
pub struct SurveyPlan {
    new: Vec<(SurveyId, WantedSurvey)>,
    /// Not sent yet, and about something else than before.
    changed: Vec<(SurveyId, WantedSurvey)>,
    /// Wanted no more.
    reversed: Vec<SurveyId>,
    /// Wanted again.
    revived: Vec<(SurveyId, WantedSurvey)>,
    by_stage: HashMap<StageId, SurveyId>,
}

impl SurveyPlan {
    /// The survey of a stage that asks, which may not be there yet.
    pub fn of_stage(&self, stage: StageId) -> Option<SurveyId> {
        self.by_stage.get(&stage).copied()
    }
}

/// Finds what has to be done so that these journeys have the surveys that their stages ask for; locks those that
/// are there.
///
/// `journeys` are those that were there before; stages that are new have no surveys yet. What is not wanted
/// any more is reversed: an invitation that waits stops, a link that was sent opens nothing, and what was
/// answered counts no more. When the stage is done after all, all of that is taken back.
pub async fn plan_in(
    tx: &mut Tx,
    journeys: &[JourneyId],
    wanted: Vec<WantedSurvey>,
) -> Result<SurveyPlan> {
    let kept =
        if journeys.is_empty() { Vec::new() } else { store::of_journeys(tx, journeys).await? };
    Ok(plan(tx, &kept, wanted))
}

/// Does what has to be done, with invitations and the roll-ups, in the caller's transaction. The stages must be
/// there by now.
pub async fn carry_out_in(tx: &mut Tx, plan: &SurveyPlan) -> Result<()> {
    create(tx, &plan.new).await?;
    reverse(tx, &plan.reversed).await?;
    revive(tx, &plan.revived).await?;
    change(tx, &plan.changed).await
}

fn plan(tx: &Tx, kept: &[Kept], wanted: Vec<WantedSurvey>) -> SurveyPlan {
    let mut known: HashMap<StageId, &Kept> =
        kept.iter().map(|survey| (survey.stage_id, survey)).collect();
    let mut plan = SurveyPlan::default();
    for survey in wanted {
        let Some(known) = known.remove(&survey.stage_id) else {
            let id = tx.ctx().new_id();
            plan.by_stage.insert(survey.stage_id, id);
            plan.new.push((id, survey));
            continue;
        };
        plan.by_stage.insert(survey.stage_id, known.id);
        if known.status == SurveyStatus::Reversed {
            plan.revived.push((known.id, survey.clone()));
        }
        // Once it was sent, it is about whom it was sent about.
        if known.sent_at.is_none() && known.completed_at.is_none() && known.differs_from(&survey) {
            plan.changed.push((known.id, survey));
        }
    }
    let unwanted = known.into_values().filter(|survey| survey.status != SurveyStatus::Reversed);
    plan.reversed.extend(unwanted.map(|survey| survey.id));
    plan.reversed.sort_unstable();
    plan
}

async fn create(tx: &mut Tx, new: &[(SurveyId, WantedSurvey)]) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    store::insert(tx, new).await?;
    let now = tx.now();
    let invitations: Vec<NewNotification> = new
        .iter()
        .map(|(id, survey)| NewNotification {
            hospital_id: survey.hospital_id,
            kind: NotificationKind::SurveyInvitation,
            recipient: Recipient::Patient(survey.patient_id),
            survey_id: Some(*id),
            action_id: None,
            source_id: None,
            survey_version_id: None,
            dedupe_key: format!("survey:{id}"),
            send_after: survey.send_after(now),
        })
        .collect();
    queue_in(tx, &invitations).await?;
    let places: Vec<_> =
        new.iter().map(|(_, survey)| (survey.hospital_id, survey.department_id)).collect();
    analytics::count_created_in(tx, &places).await
}

async fn reverse(tx: &mut Tx, surveys: &[SurveyId]) -> Result<()> {
    if surveys.is_empty() {
        return Ok(());
    }
    // Counted out as they are now, before it is forgotten what that was.
    analytics::uncount_in(tx, surveys).await?;
    store::mark_reversed(tx, surveys).await?;
    notifications::withdraw_in(tx, surveys).await
}

async fn revive(tx: &mut Tx, surveys: &[(SurveyId, WantedSurvey)]) -> Result<()> {
    if surveys.is_empty() {
        return Ok(());
    }
    notifications::reinstate_in(tx, &times(tx, surveys)).await?;
    let ids: Vec<SurveyId> = surveys.iter().map(|(id, _)| *id).collect();
    store::mark_revived(tx, &ids).await?;
    analytics::recount_in(tx, &ids).await
}

/// When their invitations may go.
fn times(tx: &Tx, surveys: &[(SurveyId, WantedSurvey)]) -> Vec<(SurveyId, DateTime<Utc>)> {
    surveys.iter().map(|(id, survey)| (*id, survey.send_after(tx.now()))).collect()
}

async fn change(tx: &mut Tx, surveys: &[(SurveyId, WantedSurvey)]) -> Result<()> {
    if surveys.is_empty() {
        return Ok(());
    }
    let ids: Vec<SurveyId> = surveys.iter().map(|(id, _)| *id).collect();
    analytics::uncount_in(tx, &ids).await?;
    store::update(tx, surveys).await?;
    analytics::recount_in(tx, &ids).await?;
    notifications::put_off_in(tx, &times(tx, surveys)).await
}
