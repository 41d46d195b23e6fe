//! Brings journeys to where everything that was said of their encounters puts them.

use std::collections::{HashMap, HashSet};
use std::mem;

use px360_domain::ids::{EventId, HospitalId, JourneyTemplateId, PatientId, SurveyId};
use px360_domain::integrations::{EventEffects, EventReason, EventStatus};
use px360_domain::journeys::{Deed, Happening, Outcome, Visit, fold};

use super::reconcile::{Changes, Named};
use super::rows::{Encounter, Kept};
use super::store;
use crate::error::Result;
use crate::journeys::Templates;
use crate::surveys::{self, SurveyPlan};
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

/// How encounters stand, and what has to be written so that the tables say so.
#[derive(Debug)]
pub struct Lived {
    /// What each message did, also those that were applied before: a late message can change what an earlier
    /// one meant.
    pub applied: Vec<Applied>,
    changes: Changes,
    surveys: SurveyPlan,
}

/// Lives through these encounters from their beginning. Their journeys and surveys are locked until the end of
/// the caller's transaction; nothing is written.
pub async fn live_in(tx: &mut Tx, templates: &Templates, stories: &[Story]) -> Result<Lived> {
    let encounters: HashSet<Encounter> =
        stories.iter().map(|story| (story.hospital_id, story.encounter_number.clone())).collect();
    let board = store::lock_journeys(tx, &encounters).await?;
    let mut changes = Changes::default();
    let mut visits = Vec::with_capacity(stories.len());
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
        visits.push((visit, named));
    }
    let wanted = mem::take(&mut changes.surveys);
    let surveys = surveys::plan_in(tx, &changes.known, wanted).await?;
    let told = |(visit, named): (Visit, Named)| applied(templates, &visit, &named, &surveys);
    let applied = visits.into_iter().flat_map(told).collect();
    Ok(Lived { applied, changes, surveys })
}

/// Writes what is different from before: journeys, stages, stays, surveys and invitations. The messages must be
/// there by now.
pub async fn write_in(tx: &mut Tx, lived: &Lived) -> Result<()> {
    let Lived { changes, surveys, .. } = lived;
    store::write(tx, changes).await?;
    surveys::carry_out_in(tx, surveys).await?;
    store::forget(tx, &changes.gone_journeys, &changes.gone_stages).await
}

fn applied(
    templates: &Templates,
    visit: &Visit,
    named: &Named,
    surveys: &SurveyPlan,
) -> Vec<Applied> {
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
    surveys: &SurveyPlan,
) -> Option<SurveyId> {
    let journey = visit.journeys.iter().find(|journey| journey.journey_type == deed.journey)?;
    let undone = journey.stages.iter().filter(|stage| stage.completed_at.is_none());
    let mut ids =
        undone.filter_map(|stage| named.stages.get(&(stage.stage_template_id, stage.occurrence)));
    ids.find_map(|id| surveys.of_stage(*id))
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
    surveys: &SurveyPlan,
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
    effects.survey_id = effects.stage_id.and_then(|stage| surveys.of_stage(stage));
}
