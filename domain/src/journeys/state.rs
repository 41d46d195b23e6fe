//! A journey while its encounter is lived through.

use chrono::{DateTime, Utc};

use super::machine::{self, Known};
use super::{Happening, JourneyStatus, JourneyTemplate, JourneyType, StageStatus, StageTemplate};
use crate::ids::{DepartmentId, EventId, JourneyTemplateId, PhysicianId, StageTemplateId};

/// How one journey of an encounter stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JourneyState {
    /// Which version it follows.
    pub template_id: JourneyTemplateId,
    /// Which kind of encounter.
    pub journey_type: JourneyType,
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// The message that opened it.
    pub opened_by: EventId,
    /// When the visit, or this part of it, ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// The message that ended it.
    pub ended_by: Option<EventId>,
    /// Whether it ended because the same visit went on as another type: from emergency into a bed.
    pub went_on: bool,
    /// When it was cancelled.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// How it stands.
    pub status: JourneyStatus,
    /// How the patient left: HL7 table 0112.
    pub disposition: Option<String>,
    /// Who attended last.
    pub attending: Option<PhysicianId>,
    /// Its stages, in order; one that was repeated is there several times.
    pub stages: Vec<StageState>,
    /// Where the patient was, and when.
    pub stays: Vec<Stay>,
}

/// How one stage stands, or one repetition of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageState {
    /// Which.
    pub stage_template_id: StageTemplateId,
    /// The place in the order of the template, from 1.
    pub position: i16,
    /// Which repetition, from 1.
    pub occurrence: i16,
    /// How it stands.
    pub status: StageStatus,
    /// When the patient came to it: said by a message, or the end of what was before it.
    pub started_at: Option<DateTime<Utc>>,
    /// The message that said so.
    pub started_by: Option<EventId>,
    /// When it was completed.
    pub completed_at: Option<DateTime<Utc>>,
    /// The message that completed it.
    pub completed_by: Option<EventId>,
    /// The message that skipped or cancelled it.
    pub called_off_by: Option<EventId>,
    /// Where it happened.
    pub department_id: Option<DepartmentId>,
    /// Who treated.
    pub physician_id: Option<PhysicianId>,
}

/// Where the patient was for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Our department, where the source named one.
    pub department_id: Option<DepartmentId>,
    /// Ward, room and bed, as the source writes them.
    pub location: Option<String>,
    /// From when.
    pub started_at: DateTime<Utc>,
    /// The message that said so.
    pub started_by: EventId,
    /// Until when; none: still.
    pub ended_at: Option<DateTime<Utc>>,
}

impl StageState {
    fn new(template: &StageTemplate, occurrence: i16) -> Self {
        Self {
            stage_template_id: template.id,
            position: template.position,
            occurrence,
            status: StageStatus::Pending,
            started_at: None,
            started_by: None,
            completed_at: None,
            completed_by: None,
            called_off_by: None,
            department_id: None,
            physician_id: None,
        }
    }
}

impl JourneyState {
    /// A journey of this template with nothing done.
    pub(super) fn open(template: &JourneyTemplate, by: &Happening) -> Self {
        let mut journey = Self {
            template_id: template.id,
            journey_type: template.journey_type,
            opened_at: by.said.at,
            opened_by: by.event_id,
            ended_at: None,
            ended_by: None,
            went_on: false,
            cancelled_at: None,
            status: JourneyStatus::Active,
            disposition: None,
            attending: by.said.physician_id,
            stages: template.stages.iter().map(|stage| StageState::new(stage, 1)).collect(),
            stays: Vec::new(),
        };
        if by.said.department_id.is_some() || by.said.location.is_some() {
            journey.stays.push(Stay::begin(by));
        }
        journey
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled_at.is_some()
    }

    /// The repetitions of this stage, in order.
    pub fn of<'a>(&'a self, template: &'a StageTemplate) -> impl Iterator<Item = &'a StageState> {
        self.stages.iter().filter(|stage| stage.stage_template_id == template.id)
    }

    /// Whether this stage was completed, at least once.
    pub fn has_done(&self, template: &StageTemplate) -> bool {
        self.of(template).any(|stage| stage.completed_at.is_some())
    }

    /// The repetition of this stage that is not done yet; made, when it may be repeated and all are.
    pub(super) fn undone(&mut self, template: &StageTemplate) -> Option<&mut StageState> {
        let is_of = |stage: &StageState| stage.stage_template_id == template.id;
        let open =
            self.stages.iter().position(|stage| is_of(stage) && stage.completed_at.is_none());
        let index = match open {
            Some(index) => index,
            None if template.repeatable => {
                let last = self.stages.iter().rposition(is_of)?;
                let occurrence = self.stages[last].occurrence.checked_add(1)?;
                self.stages.insert(last + 1, StageState::new(template, occurrence));
                last + 1
            }
            None => return None,
        };
        self.stages.get_mut(index)
    }

    /// Takes back whatever this message did to stages.
    pub(super) fn undo(&mut self, event_id: EventId) {
        for stage in &mut self.stages {
            if stage.completed_by == Some(event_id) {
                stage.completed_at = None;
                stage.completed_by = None;
                stage.department_id = None;
                stage.physician_id = None;
            }
            if stage.started_by == Some(event_id) {
                stage.started_at = None;
                stage.started_by = None;
            }
            if stage.called_off_by == Some(event_id) {
                stage.called_off_by = None;
                stage.status = StageStatus::Pending;
            }
        }
        // A repetition of which nothing is left never was.
        self.stages.retain(|stage| {
            stage.occurrence == 1 || stage.completed_at.is_some() || stage.started_at.is_some()
        });
    }

    /// Ends the part of the visit that it follows.
    pub(super) fn end(&mut self, at: DateTime<Utc>, by: EventId) {
        self.ended_at = Some(at);
        self.ended_by = Some(by);
        if let Some(stay) = self.stays.last_mut() {
            stay.ended_at.get_or_insert(at);
        }
    }

    /// Takes the end back.
    pub(super) fn go_on(&mut self) {
        self.ended_at = None;
        self.ended_by = None;
        self.went_on = false;
        self.disposition = None;
        if let Some(stay) = self.stays.last_mut() {
            stay.ended_at = None;
        }
    }

    /// Recomputes how it stands.
    pub(super) fn settle(&mut self, template: &JourneyTemplate) {
        let known: Vec<Known> = template.stages.iter().map(|stage| self.known(stage)).collect();
        let standing = machine::stand(&known, self.ended_at.is_some(), self.is_cancelled());
        self.status = standing.journey;
        for (stage, status) in template.stages.iter().zip(standing.stages) {
            for state in &mut self.stages {
                if state.stage_template_id == stage.id {
                    state.status = if state.completed_at.is_some() {
                        if self.cancelled_at.is_some() {
                            StageStatus::Reversed
                        } else {
                            StageStatus::Completed
                        }
                    } else if status == StageStatus::Completed {
                        // A repetition of a stage that was done before.
                        if self.ended_at.is_some() {
                            StageStatus::Skipped
                        } else {
                            StageStatus::Active
                        }
                    } else if status == StageStatus::Reversed {
                        StageStatus::Cancelled
                    } else {
                        status
                    };
                }
            }
        }
    }

    fn known(&self, template: &StageTemplate) -> Known {
        let mut known = Known::nothing(template);
        for stage in self.of(template) {
            known.done |= stage.completed_at.is_some();
            known.started |= stage.started_by.is_some() && stage.completed_at.is_none();
            if stage.called_off_by.is_some() {
                known.called_off = Some(stage.status);
            }
        }
        known
    }

    /// Says when the patient came to each stage of which no message said it.
    pub(super) fn date_stages(&mut self) {
        let done: Vec<DateTime<Utc>> =
            self.stages.iter().filter_map(|stage| stage.completed_at).collect();
        for stage in &mut self.stages {
            if stage.started_by.is_some() {
                continue;
            }
            let before = |until: Option<DateTime<Utc>>| {
                done.iter().copied().filter(|at| until.is_none_or(|until| *at < until)).max()
            };
            stage.started_at = match stage.status {
                StageStatus::Active => Some(before(None).unwrap_or(self.opened_at)),
                StageStatus::Completed | StageStatus::Reversed => {
                    let first = self.opened_at;
                    let until = stage.completed_at;
                    Some(before(until).unwrap_or(until.map_or(first, |until| until.min(first))))
                }
                StageStatus::Pending | StageStatus::Skipped | StageStatus::Cancelled => None,
            };
        }
    }

    /// Where the patient was last seen, for a survey about the visit as a whole.
    pub(super) fn last_place(&self) -> (Option<DepartmentId>, Option<PhysicianId>) {
        let mut done: Vec<&StageState> =
            self.stages.iter().filter(|stage| stage.completed_at.is_some()).collect();
        done.sort_by_key(|stage| (stage.completed_at, stage.position));
        (
            done.iter().rev().find_map(|stage| stage.department_id),
            done.iter().rev().find_map(|stage| stage.physician_id).or(self.attending),
        )
    }
}

impl Stay {
    /// A stay that begins with this happening.
    pub(super) fn begin(by: &Happening) -> Self {
        Self {
            department_id: by.said.department_id,
            location: by.said.location.clone(),
            started_at: by.said.at,
            started_by: by.event_id,
            ended_at: None,
        }
    }
}
