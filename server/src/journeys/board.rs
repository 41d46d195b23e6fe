//! The journeys of one batch, in memory: loaded, moved, and asked what changed.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use px360_domain::ids::{
    DepartmentId, EventId, HospitalId, JourneyId, JourneyTemplateId, PatientId, PhysicianId,
    StageId, StageTemplateId,
};
use px360_domain::journeys::machine::{self, Known};
use px360_domain::journeys::{JourneyStatus, JourneyTemplate, StageStatus, StageTemplate};

use super::ResolvedEvent;
use crate::ctx::Ctx;

/// What tells journeys apart: the hospital and its visit number.
pub(super) type Encounter = (HospitalId, String);

/// Journeys by encounter.
pub(super) type Board = HashMap<Encounter, Journey>;

/// One journey with its stages in order.
#[derive(Clone, Debug)]
pub(super) struct Journey {
    pub(super) id: JourneyId,
    pub(super) hospital_id: HospitalId,
    pub(super) template_id: JourneyTemplateId,
    pub(super) encounter_number: String,
    pub(super) patient_id: PatientId,
    pub(super) status: JourneyStatus,
    pub(super) opened_at: DateTime<Utc>,
    pub(super) ended_at: Option<DateTime<Utc>>,
    pub(super) stages: Vec<Stage>,
    pub(super) is_new: bool,
    pub(super) changed: bool,
}

/// One stage of a journey.
#[derive(Clone, Debug)]
pub(super) struct Stage {
    pub(super) id: StageId,
    pub(super) template_id: StageTemplateId,
    pub(super) position: i16,
    pub(super) status: StageStatus,
    pub(super) department_id: Option<DepartmentId>,
    pub(super) physician_id: Option<PhysicianId>,
    pub(super) completed_at: Option<DateTime<Utc>>,
    pub(super) completing_event_id: Option<EventId>,
    pub(super) has_survey: bool,
    pub(super) changed: bool,
}

impl Journey {
    /// A journey of this template with nothing done.
    pub(super) fn open(
        ctx: &Ctx,
        event: &ResolvedEvent,
        template: &JourneyTemplate,
        patient_id: PatientId,
    ) -> Self {
        let stages = template.stages.iter().map(|stage| Stage {
            id: ctx.new_id(),
            template_id: stage.id,
            position: stage.position,
            status: StageStatus::Pending,
            department_id: None,
            physician_id: None,
            completed_at: None,
            completing_event_id: None,
            has_survey: false,
            changed: true,
        });
        Self {
            id: ctx.new_id(),
            hospital_id: event.hospital_id,
            template_id: template.id,
            encounter_number: event.message.encounter_id.clone(),
            patient_id,
            status: JourneyStatus::Active,
            opened_at: event.message.occurred_at,
            ended_at: None,
            stages: stages.collect(),
            is_new: true,
            changed: true,
        }
    }

    /// The stage made from this template.
    pub(super) fn stage(&self, template: &StageTemplate) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.template_id == template.id)
    }

    /// The stage made from this template, to be changed.
    pub(super) fn stage_mut(&mut self, template: &StageTemplate) -> Option<&mut Stage> {
        self.stages.iter_mut().find(|stage| stage.template_id == template.id)
    }

    /// Remembers that this stage has asked the patient.
    pub(super) fn note_survey(&mut self, id: StageId) {
        if let Some(stage) = self.stages.iter_mut().find(|stage| stage.id == id) {
            stage.has_survey = true;
        }
    }

    /// Whether any of its stages has asked the patient.
    pub(super) fn has_survey(&self) -> bool {
        self.stages.iter().any(|stage| stage.has_survey)
    }

    /// Recomputes how the journey stands after one of its stages, or the visit, has ended.
    pub(super) fn settle(&mut self, at: DateTime<Utc>) {
        let known: Vec<Known> =
            self.stages.iter().map(|stage| Known { completed_at: stage.completed_at }).collect();
        let cancelled = self.status == JourneyStatus::Cancelled;
        let standing = machine::stand(&known, self.ended_at.is_some(), cancelled);
        for (stage, status) in self.stages.iter_mut().zip(standing.stages) {
            stage.changed |= stage.status != status;
            stage.status = status;
        }
        if standing.journey == JourneyStatus::Completed && self.ended_at.is_none() {
            self.ended_at = Some(at);
        }
        self.status = standing.journey;
        self.changed = true;
    }

    /// Where the patient was last seen, for a survey about the visit as a whole.
    pub(super) fn last_place(&self) -> (Option<DepartmentId>, Option<PhysicianId>) {
        let done = || self.stages.iter().rev().filter(|stage| stage.completed_at.is_some());
        (done().find_map(|stage| stage.department_id), done().find_map(|stage| stage.physician_id))
    }
}
