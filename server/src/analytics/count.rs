//! Counts what happened into the roll-ups, in the caller's transaction.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use px360_domain::analytics::measures::{NpsClass, nps_class};
use px360_domain::ids::{DepartmentId, HospitalId, PhysicianId, SurveyId};

use super::store;
use crate::error::Result;
use crate::tx::Tx;

/// The steps of the funnel after the creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunnelCount {
    /// It was not sent, because a rule said so.
    Suppressed,
    /// It was sent.
    Sent,
    /// The patient began.
    Started,
    /// The patient handed it in.
    Completed,
}

/// A completed survey as the roll-ups count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResponseCount {
    /// Whose patient.
    pub hospital_id: HospitalId,
    /// Where it happened.
    pub department_id: Option<DepartmentId>,
    /// Who treated.
    pub physician_id: Option<PhysicianId>,
    /// The day under which it counts.
    pub on: NaiveDate,
    /// Hundredths of a percent.
    pub score: Option<u16>,
    /// 0 to 10.
    pub nps: Option<u8>,
}

/// Counts surveys that were created now.
pub async fn count_created_in(
    tx: &mut Tx,
    places: &[(HospitalId, Option<DepartmentId>)],
) -> Result<()> {
    // One row per place, in a fixed order, so that two batches never wait for each other in a circle.
    let mut counts: BTreeMap<(HospitalId, Option<DepartmentId>), i32> = BTreeMap::new();
    for place in places {
        *counts.entry(*place).or_default() += 1;
    }
    store::add_created(tx, &counts).await
}

/// Counts surveys out as they stand, wherever they were counted: nothing of them is left in the roll-ups.
pub async fn uncount_in(tx: &mut Tx, surveys: &[SurveyId]) -> Result<()> {
    store::add_surveys(tx, surveys, -1).await
}

/// Counts surveys in again as they stand.
pub async fn recount_in(tx: &mut Tx, surveys: &[SurveyId]) -> Result<()> {
    store::add_surveys(tx, surveys, 1).await
}

/// Counts steps that a survey took; they belong to the day on which it was created.
pub async fn count_in(tx: &mut Tx, survey: SurveyId, steps: &[FunnelCount]) -> Result<()> {
    if steps.is_empty() {
        return Ok(());
    }
    store::add_steps(tx, survey, steps).await
}

/// Counts a survey that was completed now.
pub async fn count_response_in(tx: &mut Tx, response: &ResponseCount) -> Result<()> {
    let class = response.nps.map(nps_class);
    let is = |wanted: NpsClass| i32::from(class == Some(wanted));
    store::add_response(
        tx,
        response,
        [is(NpsClass::Promoter), is(NpsClass::Passive), is(NpsClass::Detractor)],
    )
    .await
}
