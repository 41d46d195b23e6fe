//! Applies resolved events to journeys.

use std::collections::{HashMap, HashSet};

use px360_domain::Locale;
use px360_domain::ids::{
    DepartmentId, EventId, HospitalId, JourneyTemplateId, PatientId, PhysicianId,
};
use px360_domain::integrations::{EventEffects, EventMessage, EventReason, EventStatus};
use px360_domain::journeys::matching::{self, Effect};
use px360_domain::journeys::{JourneyStatus, StageTemplate};

use super::board::{Board, Encounter, Journey};
use super::{Templates, store};
use crate::error::Result;
use crate::organizations::{PatientDescription, describe_patients_in};
use crate::surveys::{NewSurvey, invite_in};
use crate::tx::Tx;

/// An event whose codes are our rows.
#[derive(Clone, Debug)]
pub struct ResolvedEvent {
    /// Which event.
    pub event_id: EventId,
    /// Whose.
    pub hospital_id: HospitalId,
    /// The current template that knows its code: the one that it opens a journey of.
    pub template_id: JourneyTemplateId,
    /// Whether it opens a journey for an encounter that nobody knows.
    pub opens_journey: bool,
    /// Where it happened.
    pub department_id: Option<DepartmentId>,
    /// Who treated.
    pub physician_id: Option<PhysicianId>,
    /// The message.
    pub message: EventMessage,
}

impl ResolvedEvent {
    fn encounter(&self) -> Encounter {
        (self.hospital_id, self.message.encounter_id.clone())
    }
}

/// What became of one event.
#[derive(Clone, Debug)]
pub struct Applied {
    /// Which event.
    pub event_id: EventId,
    /// Where it stands now.
    pub status: EventStatus,
    /// Why, when it had no effect.
    pub reason: Option<EventReason>,
    /// What it did.
    pub effects: EventEffects,
    /// The encounter whose journey it opened: events parked for it can go on.
    pub opened: Option<(HospitalId, String)>,
}

impl Applied {
    fn without_effect(event_id: EventId, status: EventStatus, reason: EventReason) -> Self {
        let effects = EventEffects::default();
        Self { event_id, status, reason: Some(reason), effects, opened: None }
    }
}

type Patients = HashMap<(HospitalId, String), (PatientId, Locale)>;

/// Applies events, given in the order in which things happened.
///
/// Journeys are opened first, whatever the order, because the message that opens one may carry a
/// later time than the ones after it. Stages, surveys and invitations are written in the caller's
/// transaction.
pub async fn advance_in(
    tx: &mut Tx,
    templates: &Templates,
    events: Vec<ResolvedEvent>,
) -> Result<Vec<Applied>> {
    let encounters: HashSet<Encounter> = events.iter().map(ResolvedEvent::encounter).collect();
    let mut board = store::lock_journeys(tx, &encounters).await?;
    let opening: HashSet<Encounter> =
        events.iter().filter(|event| event.opens_journey).map(ResolvedEvent::encounter).collect();
    let (known, unknown): (Vec<_>, Vec<_>) = events.into_iter().partition(|event| {
        let encounter = event.encounter();
        board.contains_key(&encounter) || opening.contains(&encounter)
    });
    let mut applied: Vec<Applied> = unknown
        .iter()
        .map(|event| {
            let reason = EventReason::UnknownEncounter;
            Applied::without_effect(event.event_id, EventStatus::Parked, reason)
        })
        .collect();
    let patients = describe(tx, &known).await?;
    let openers = open(tx, &mut board, templates, &known, &patients);
    let mut surveys = Vec::new();
    for event in &known {
        let Some(journey) = board.get_mut(&event.encounter()) else { continue };
        let mut outcome = apply(templates, journey, event);
        if let Some(survey) = survey_for(tx, templates, journey, event, &outcome, &patients) {
            outcome.effects.survey_id = Some(survey.id);
            journey.note_survey(survey.stage_id);
            surveys.push(survey);
        }
        if openers.contains(&event.event_id) {
            outcome.effects.opened_journey = true;
            outcome.opened = Some(event.encounter());
        }
        applied.push(outcome);
    }
    store::write_journeys(tx, &board).await?;
    invite_in(tx, &surveys).await?;
    Ok(applied)
}

async fn describe(tx: &mut Tx, events: &[ResolvedEvent]) -> Result<Patients> {
    let descriptions: Vec<PatientDescription> = events
        .iter()
        .map(|event| PatientDescription {
            hospital_id: event.hospital_id,
            patient: event.message.patient.clone(),
            consent: event.message.consent,
            deceased: event.message.deceased,
            at: event.message.occurred_at,
        })
        .collect();
    describe_patients_in(tx, &descriptions).await
}

/// Opens the journeys that are not known yet; answers the events that did.
fn open(
    tx: &Tx,
    board: &mut Board,
    templates: &Templates,
    events: &[ResolvedEvent],
    patients: &Patients,
) -> HashSet<EventId> {
    let mut openers = HashSet::new();
    for event in events.iter().filter(|event| event.opens_journey) {
        let encounter = event.encounter();
        let mrn = (event.hospital_id, event.message.patient.mrn.clone());
        let (Some((patient_id, _)), Some(template)) =
            (patients.get(&mrn), templates.get(event.template_id))
        else {
            continue;
        };
        board.entry(encounter).or_insert_with(|| {
            openers.insert(event.event_id);
            Journey::open(tx.ctx(), event, template, *patient_id)
        });
    }
    openers
}

/// Applies one event to its journey.
fn apply(templates: &Templates, journey: &mut Journey, event: &ResolvedEvent) -> Applied {
    let effect = templates
        .get(journey.template_id)
        .and_then(|template| matching::effect(template, &event.message.event_code));
    let ignored = |reason| {
        let mut applied = Applied::without_effect(event.event_id, EventStatus::Ignored, reason);
        applied.effects.journey_id = Some(journey.id);
        applied
    };
    match effect {
        None => {
            let reason = EventReason::UnknownEventCode;
            Applied::without_effect(event.event_id, EventStatus::Parked, reason)
        }
        Some(Effect::EndsVisit) if journey.ended_at.is_some() => {
            ignored(EventReason::VisitAlreadyEnded)
        }
        Some(Effect::EndsVisit) => {
            journey.ended_at = Some(event.message.occurred_at);
            journey.settle(event.message.occurred_at);
            processed(event, journey, None, true)
        }
        Some(Effect::Completes(template)) => complete(journey, template, event),
    }
}

fn complete(journey: &mut Journey, template: &StageTemplate, event: &ResolvedEvent) -> Applied {
    let journey_id = journey.id;
    let Some(stage) = journey.stage_mut(template) else {
        let reason = EventReason::UnknownEventCode;
        return Applied::without_effect(event.event_id, EventStatus::Parked, reason);
    };
    if stage.completed_at.is_some() {
        let reason = EventReason::StageAlreadyCompleted;
        let mut applied = Applied::without_effect(event.event_id, EventStatus::Ignored, reason);
        applied.effects.journey_id = Some(journey_id);
        return applied;
    }
    stage.completed_at = Some(event.message.occurred_at);
    stage.department_id = event.department_id;
    stage.physician_id = event.physician_id;
    stage.completing_event_id = Some(event.event_id);
    stage.changed = true;
    journey.settle(event.message.occurred_at);
    processed(event, journey, Some(template), false)
}

fn processed(
    event: &ResolvedEvent,
    journey: &Journey,
    stage: Option<&StageTemplate>,
    ended_visit: bool,
) -> Applied {
    let stage_id = stage.and_then(|template| journey.stage(template)).map(|stage| stage.id);
    Applied {
        event_id: event.event_id,
        status: EventStatus::Processed,
        reason: None,
        effects: EventEffects {
            journey_id: Some(journey.id),
            opened_journey: false,
            stage_id,
            stage: stage.map(|template| template.code.clone()),
            ended_visit,
            survey_id: None,
        },
        opened: None,
    }
}

/// The survey that an applied event asks for, if it does.
///
/// A completed stage asks for its own. The end of a visit asks for the visit's when no stage has
/// sent one, so that a hospital which only reports arrivals and departures hears its patients too.
fn survey_for(
    tx: &Tx,
    templates: &Templates,
    journey: &Journey,
    event: &ResolvedEvent,
    applied: &Applied,
    patients: &Patients,
) -> Option<NewSurvey> {
    if applied.status != EventStatus::Processed || journey.status == JourneyStatus::Cancelled {
        return None;
    }
    let template = templates.get(journey.template_id)?;
    let stage_template = if applied.effects.ended_visit {
        matching::survey_at_the_end(template).filter(|_| !journey.has_survey())?
    } else {
        template.stages.iter().find(|stage| Some(&stage.code) == applied.effects.stage.as_ref())?
    };
    // The end of the visit may have asked already, when this stage was reported late.
    let stage = journey.stage(stage_template).filter(|stage| !stage.has_survey)?;
    let (last_department, last_physician) = journey.last_place();
    let mrn = (event.hospital_id, event.message.patient.mrn.clone());
    let (_, language) = patients.get(&mrn)?;
    Some(NewSurvey {
        id: tx.ctx().new_id(),
        hospital_id: journey.hospital_id,
        survey_version_id: stage_template.survey_version_id?,
        patient_id: journey.patient_id,
        stage_id: stage.id,
        department_id: event.department_id.or(stage.department_id).or(last_department),
        physician_id: event.physician_id.or(stage.physician_id).or(last_physician),
        language: *language,
        completed_at: event.message.occurred_at,
        delay_minutes: stage_template.survey_delay_minutes,
    })
}
