//! Brings journeys to where everything that was said of their encounters puts them.

use std::collections::{HashMap, HashSet};

use px360_domain::ids::{EventId, HospitalId, JourneyTemplateId, PatientId, StageId, SurveyId};
use px360_domain::integrations::{EventEffects, EventReason, EventStatus};
use px360_domain::journeys::{Deed, Happening, Outcome, Visit, fold};

use super::reconcile::{Changes, Named};
use super::rows::{Encounter, Kept};
use super::store;
use crate::error::Result;
use crate::journeys::Templates;
use crate::surveys;
use crate::tx::Tx;

/// Everything that was said of one encounter, in any order.
#[derive(Clone, Debug)]
pub struct Story {
    /// Whose.
    pub hospital_id: HospitalId,
    /// The hospital's visit number.
    pub encounter_number: String,
    /// What was said.
    pub happenings: Vec<Happening>,
    /// Whose visit each message says it is.
    pub patients: HashMap<EventId, PatientId>,
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
}

/// Lives through these encounters from their beginning and writes what is different from before.
///
/// Journeys, stages, stays, surveys and invitations are of the caller's transaction. Answers what each message
/// did, also those that were applied before: a late message can change what an earlier one meant.
pub async fn advance_in(
    tx: &mut Tx,
    templates: &Templates,
    stories: &[Story],
) -> Result<Vec<Applied>> {
    let encounters: HashSet<Encounter> =
        stories.iter().map(|story| (story.hospital_id, story.encounter_number.clone())).collect();
    let board = store::lock_journeys(tx, &encounters).await?;
    let mut changes = Changes::default();
    let mut lived = Vec::with_capacity(stories.len());
    for story in stories {
        let encounter = (story.hospital_id, story.encounter_number.clone());
        let kept: &[Kept] = board.get(&encounter).map_or(&[], Vec::as_slice);
        let followed: Vec<JourneyTemplateId> =
            kept.iter().map(|kept| kept.journey.template_id).collect();
        let visit = fold(&templates.of(story.hospital_id, &followed), &story.happenings);
        let named = changes.add(
            tx.ctx(),
            templates,
            (&encounter, kept),
            (&visit.journeys, &story.patients),
        );
        lived.push((visit, named));
    }
    store::write(tx, &changes).await?;
    let asked = surveys::reconcile_in(tx, &changes.known, &changes.surveys).await?;
    store::forget(tx, &changes.gone_journeys, &changes.gone_stages).await?;
    let by_stage: HashMap<_, _> = asked.into_iter().collect();
    let told = |(visit, named): (Visit, Named)| applied(templates, &visit, &named, &by_stage);
    Ok(lived.into_iter().flat_map(told).collect())
}

type ByStage = HashMap<StageId, SurveyId>;

fn applied(templates: &Templates, visit: &Visit, named: &Named, surveys: &ByStage) -> Vec<Applied> {
    let one = |(event_id, outcomes): (&EventId, &Vec<Outcome>)| {
        let (status, reason) = standing(outcomes);
        let mut effects = EventEffects::default();
        for outcome in outcomes {
            if let Outcome::Did(deed) = outcome {
                add(&mut effects, templates, deed, named, surveys);
                if deed.ended_visit && effects.survey_id.is_none() {
                    effects.survey_id = asked_at_the_end(visit, deed, named, surveys);
                }
            }
        }
        if status == EventStatus::Ignored && effects.journey_id.is_none() {
            effects.journey_id = visit
                .journeys
                .last()
                .and_then(|journey| named.journeys.get(&journey.journey_type).copied());
        }
        Applied { event_id: *event_id, status, reason, effects }
    };
    visit.outcomes.iter().map(one).collect()
}

/// The survey that the end of a visit asked for, of a stage that was never done.
fn asked_at_the_end(
    visit: &Visit,
    deed: &Deed,
    named: &Named,
    surveys: &ByStage,
) -> Option<SurveyId> {
    let journey = visit.journeys.iter().find(|journey| journey.journey_type == deed.journey)?;
    let undone = journey.stages.iter().filter(|stage| stage.completed_at.is_none());
    let mut ids =
        undone.filter_map(|stage| named.stages.get(&(stage.stage_template_id, stage.occurrence)));
    ids.find_map(|id| surveys.get(id).copied())
}

/// A message that says several things has done something when one of them did.
pub fn standing(outcomes: &[Outcome]) -> (EventStatus, Option<EventReason>) {
    let waits = outcomes.iter().find_map(|outcome| match outcome {
        Outcome::Waits(reason) => Some(*reason),
        Outcome::Did(_) | Outcome::Nothing(_) => None,
    });
    let nothing = outcomes.iter().find_map(|outcome| match outcome {
        Outcome::Nothing(reason) => Some(*reason),
        Outcome::Did(_) | Outcome::Waits(_) => None,
    });
    if outcomes.iter().any(|outcome| matches!(outcome, Outcome::Did(_))) {
        (EventStatus::Processed, None)
    } else if waits.is_some() {
        (EventStatus::Parked, waits)
    } else {
        (EventStatus::Ignored, nothing)
    }
}

fn add(
    effects: &mut EventEffects,
    templates: &Templates,
    deed: &Deed,
    named: &Named,
    surveys: &ByStage,
) {
    effects.journey_id = named.journeys.get(&deed.journey).copied();
    effects.opened_journey |= deed.opened;
    effects.ended_visit |= deed.ended_visit;
    effects.reopened_visit |= deed.reopened_visit;
    effects.cancelled_visit |= deed.cancelled_visit;
    effects.moved |= deed.moved;
    let Some((template_id, occurrence, _)) = deed.stage else { return };
    effects.stage_id = named.stages.get(&(template_id, occurrence)).copied();
    effects.stage = templates.stage(template_id).map(|stage| stage.code.clone());
    effects.survey_id = effects.stage_id.and_then(|stage| surveys.get(&stage).copied());
}
