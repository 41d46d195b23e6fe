//! Journeys as their tables keep them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use px360_domain::ids::{
    DepartmentId, EventId, HospitalId, JourneyId, JourneyTemplateId, PatientId, PhysicianId,
    StageId, StageTemplateId,
};
use px360_domain::journeys::{
    JourneyState, JourneyStatus, JourneyType, StageState, StageStatus, Stay,
};

/// What tells encounters apart: the hospital and its visit number.
pub(super) type Encounter = (HospitalId, String);

/// The journeys of each encounter.
pub(super) type Board = HashMap<Encounter, Vec<Kept>>;

/// One journey with everything below it, as it is kept.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) journey: JourneyRow,
    pub(super) stages: Vec<StageRow>,
    pub(super) stays: Vec<StayRow>,
}

/// A row of `journeys`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct JourneyRow {
    pub(super) id: JourneyId,
    pub(super) hospital_id: HospitalId,
    pub(super) template_id: JourneyTemplateId,
    pub(super) journey_type: JourneyType,
    pub(super) encounter_number: String,
    pub(super) patient_id: PatientId,
    pub(super) status: JourneyStatus,
    pub(super) opened_at: DateTime<Utc>,
    pub(super) opened_by: Option<EventId>,
    pub(super) ended_at: Option<DateTime<Utc>>,
    pub(super) cancelled_at: Option<DateTime<Utc>>,
    pub(super) went_on: bool,
    pub(super) disposition: Option<String>,
    pub(super) attending_id: Option<PhysicianId>,
}

/// A row of `stages`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StageRow {
    pub(super) id: StageId,
    pub(super) hospital_id: HospitalId,
    pub(super) journey_id: JourneyId,
    pub(super) template_id: StageTemplateId,
    pub(super) position: i16,
    pub(super) occurrence: i16,
    pub(super) status: StageStatus,
    pub(super) started_at: Option<DateTime<Utc>>,
    pub(super) completed_at: Option<DateTime<Utc>>,
    pub(super) completed_by: Option<EventId>,
    pub(super) department_id: Option<DepartmentId>,
    pub(super) physician_id: Option<PhysicianId>,
}

/// A row of `journey_stays`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StayRow {
    pub(super) hospital_id: HospitalId,
    pub(super) journey_id: JourneyId,
    pub(super) number: i16,
    pub(super) department_id: Option<DepartmentId>,
    pub(super) location: Option<String>,
    pub(super) started_at: DateTime<Utc>,
    pub(super) ended_at: Option<DateTime<Utc>>,
}

impl JourneyRow {
    pub(super) fn new(
        id: JourneyId,
        (hospital_id, encounter_number): &Encounter,
        patient_id: PatientId,
        state: &JourneyState,
    ) -> Self {
        Self {
            id,
            hospital_id: *hospital_id,
            template_id: state.template_id,
            journey_type: state.journey_type,
            encounter_number: encounter_number.clone(),
            patient_id,
            status: state.status,
            opened_at: state.opened_at,
            opened_by: Some(state.opened_by),
            ended_at: state.ended_at,
            cancelled_at: state.cancelled_at,
            went_on: state.went_on,
            disposition: state.disposition.clone(),
            attending_id: state.attending,
        }
    }
}

impl StageRow {
    pub(super) fn new(id: StageId, journey: &JourneyRow, state: &StageState) -> Self {
        Self {
            id,
            hospital_id: journey.hospital_id,
            journey_id: journey.id,
            template_id: state.stage_template_id,
            position: state.position,
            occurrence: state.occurrence,
            status: state.status,
            started_at: state.started_at,
            completed_at: state.completed_at,
            completed_by: state.completed_by,
            department_id: state.department_id,
            physician_id: state.physician_id,
        }
    }
}

impl StayRow {
    pub(super) fn all(journey: &JourneyRow, stays: &[Stay]) -> Vec<Self> {
        let numbered = (1_i16..).zip(stays);
        numbered
            .map(|(number, stay)| Self {
                hospital_id: journey.hospital_id,
                journey_id: journey.id,
                number,
                department_id: stay.department_id,
                location: stay.location.clone(),
                started_at: stay.started_at,
                ended_at: stay.ended_at,
            })
            .collect()
    }
}
