//! Lives through an encounter: everything that was said of it, in the order in which it happened.

use std::collections::BTreeMap;

use super::matching::{self, Effects};
use super::moves::{missing, move_stage};
use super::{Happening, Intent, JourneyState, JourneyTemplate, JourneyType, Stay, TriggerEffect};
use crate::ids::{EventId, StageTemplateId};
use crate::integrations::EventReason;

/// How an encounter stands, and what each message did in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visit {
    /// Its journeys, in the order in which they were opened; at most one of each type.
    pub journeys: Vec<JourneyState>,
    /// What each message did: one outcome for each thing that it said.
    pub outcomes: BTreeMap<EventId, Vec<Outcome>>,
}

/// What became of one happening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It did something.
    Did(Deed),
    /// It is understood and changes nothing.
    Nothing(EventReason),
    /// It waits for something else.
    Waits(EventReason),
}

/// What a happening did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The journey that it belongs to.
    pub journey: JourneyType,
    /// It opened that journey.
    pub opened: bool,
    /// The stage that it started, completed, skipped or cancelled, and which repetition of it.
    pub stage: Option<(StageTemplateId, i16, TriggerEffect)>,
    /// It ended the visit.
    pub ended_visit: bool,
    /// It took the end of the visit back.
    pub reopened_visit: bool,
    /// It cancelled the journey.
    pub cancelled_visit: bool,
    /// It moved the patient, or took a move back.
    pub moved: bool,
}

impl Deed {
    const fn on(journey: JourneyType) -> Self {
        Self {
            journey,
            opened: false,
            stage: None,
            ended_visit: false,
            reopened_visit: false,
            cancelled_visit: false,
            moved: false,
        }
    }
}

/// Computes how an encounter stands from everything that was said of it, given in any order.
///
/// `templates` holds at most one version of each journey type: the one that a journey of this encounter
/// follows already, or the current one. What was said before a journey is open waits within the encounter
/// and is applied, at its own time, by the happening that opens one.
pub fn fold(templates: &[&JourneyTemplate], happenings: &[Happening]) -> Visit {
    let mut sorted: Vec<&Happening> = happenings.iter().collect();
    sorted.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut life =
        Life { templates, visit: Visit::default(), waiting: Vec::new(), seen: Vec::new() };
    for happening in sorted {
        life.live(happening);
    }
    life.end()
}

fn order(happening: &Happening) -> impl Ord + '_ {
    let said = &happening.said;
    (said.at, Intent::of(&said.code).rank(), &happening.source_event_id, happening.event_id)
}

/// An encounter while it is lived through.
struct Life<'a> {
    templates: &'a [&'a JourneyTemplate],
    visit: Visit,
    /// What was said before any journey was open.
    waiting: Vec<&'a Happening>,
    seen: Vec<&'a Happening>,
}

impl<'a> Life<'a> {
    fn live(&mut self, happening: &'a Happening) {
        // Snapshots of a visit tell its beginning again and again.
        if self.seen.iter().any(|seen| is_repetition(seen, happening)) {
            return self.note(happening, Outcome::Nothing(EventReason::SaidBefore));
        }
        self.seen.push(happening);
        if let Some(outcome) = self.step(happening) {
            self.note(happening, outcome);
        } else {
            self.waiting.push(happening);
        }
    }

    fn end(mut self) -> Visit {
        for happening in std::mem::take(&mut self.waiting) {
            let known = self
                .templates
                .iter()
                .any(|template| matching::listens(template, &happening.said.code))
                || Intent::of(&happening.said.code) != Intent::Step;
            let reason =
                if known { EventReason::UnknownEncounter } else { EventReason::UnknownEventCode };
            self.note(happening, Outcome::Waits(reason));
        }
        for journey in &mut self.visit.journeys {
            journey.date_stages();
        }
        self.visit
    }

    fn note(&mut self, happening: &Happening, outcome: Outcome) {
        self.visit.outcomes.entry(happening.event_id).or_default().push(outcome);
    }

    /// What a happening does; nothing, while no journey is open for it.
    fn step(&mut self, happening: &'a Happening) -> Option<Outcome> {
        if let Some(outcome) = self.open(happening) {
            return Some(outcome);
        }
        if self.visit.journeys.is_empty() {
            return None;
        }
        let Some(current) = self.visit.journeys.iter().rposition(|journey| !journey.is_cancelled())
        else {
            return Some(Outcome::Nothing(EventReason::VisitCancelled));
        };
        Some(match Intent::of(&happening.said.code) {
            Intent::CancelVisit => self.cancel_visit(current, happening),
            Intent::CancelDischarge => self.cancel_discharge(current),
            Intent::CancelTransfer => self.cancel_transfer(current),
            Intent::Transfer => self.transfer(current, happening),
            Intent::Update => self.update(current, happening),
            Intent::Step => self.move_stages(current, happening),
        })
    }

    fn template(&self, journey: usize) -> Option<&'a JourneyTemplate> {
        let id = self.visit.journeys.get(journey)?.template_id;
        self.templates.iter().copied().find(|template| template.id == id)
    }

    fn effects(&self, journey: usize, happening: &Happening) -> Effects<'a> {
        let (Some(template), Some(state)) =
            (self.template(journey), self.visit.journeys.get(journey))
        else {
            return Effects::default();
        };
        matching::effects(template, &happening.said, |stage| {
            !stage.repeatable && state.has_done(stage)
        })
    }

    /// Opens a journey when the happening asks for one and the current one does not know it.
    fn open(&mut self, happening: &'a Happening) -> Option<Outcome> {
        let current = self.visit.journeys.iter().rposition(|journey| !journey.is_cancelled());
        if current.is_some_and(|current| !self.effects(current, happening).is_nothing()) {
            return None;
        }
        let opening = self.templates.iter().copied().find(|template| {
            let is_running = |journey: &JourneyState| {
                journey.template_id == template.id && !journey.is_cancelled()
            };
            !self.visit.journeys.iter().any(is_running)
                && matching::effects(template, &happening.said, |_| false).opens()
        })?;
        let effects = matching::effects(opening, &happening.said, |_| false);
        if let Some(missing) = missing(&effects, happening) {
            return Some(Outcome::Waits(missing));
        }
        let running = current.and_then(|current| self.visit.journeys.get_mut(current));
        if let Some(current) = running.filter(|current| current.ended_at.is_none()) {
            current.end(happening.said.at, happening.event_id);
            current.went_on = true;
            let template =
                self.templates.iter().find(|template| template.id == current.template_id);
            if let Some(template) = template {
                current.settle(template);
            }
        }
        self.visit.journeys.retain(|journey| journey.template_id != opening.id);
        self.visit.journeys.push(JourneyState::open(opening, happening));
        let opened = self.visit.journeys.len() - 1;
        let mut deed = self.apply(opened, happening, &effects);
        deed.opened = true;
        for waiting in std::mem::take(&mut self.waiting) {
            // What undoes something meant something else than what begins only now.
            let undoes = matches!(
                Intent::of(&waiting.said.code),
                Intent::CancelVisit | Intent::CancelDischarge | Intent::CancelTransfer
            );
            match if undoes { None } else { self.step(waiting) } {
                Some(outcome) => self.note(waiting, outcome),
                None => self.waiting.push(waiting),
            }
        }
        Some(Outcome::Did(deed))
    }

    fn move_stages(&mut self, current: usize, happening: &'a Happening) -> Outcome {
        // The journey that runs is asked first, then those that the visit has been before.
        let asked = (0..=current).rev().find_map(|journey| {
            let is_live = !self.visit.journeys.get(journey)?.is_cancelled();
            let effects = self.effects(journey, happening);
            (is_live && !effects.is_nothing()).then_some((journey, effects))
        });
        let Some((journey, effects)) = asked else {
            // A code that only another version knows means nothing to this visit, now or later.
            return Outcome::Nothing(EventReason::NoRuleApplies);
        };
        if let Some(missing) = missing(&effects, happening) {
            return Outcome::Waits(missing);
        }
        let ended_before =
            self.visit.journeys.get(journey).is_some_and(|journey| journey.ended_at.is_some());
        let deed = self.apply(journey, happening, &effects);
        if deed.stage.is_some() || deed.ended_visit {
            Outcome::Did(deed)
        } else if effects.moves.is_empty() && ended_before {
            Outcome::Nothing(EventReason::VisitAlreadyEnded)
        } else {
            Outcome::Nothing(EventReason::StageAlreadyCompleted)
        }
    }

    /// Moves the stages of a journey and, perhaps, ends it.
    fn apply(&mut self, journey: usize, happening: &Happening, effects: &Effects<'_>) -> Deed {
        let Some(template) = self.template(journey) else { return Deed::on(JourneyType::Opd) };
        let Some(state) = self.visit.journeys.get_mut(journey) else {
            return Deed::on(template.journey_type);
        };
        let mut deed = Deed::on(template.journey_type);
        let said = &happening.said;
        state.attending = said.physician_id.or(state.attending);
        for (stage, effect) in &effects.moves {
            if let Some(occurrence) = move_stage(state, stage, *effect, happening) {
                deed.stage.get_or_insert((stage.id, occurrence, *effect));
            }
        }
        state.settle(template);
        let is_over = effects.ends_visit || state.status == super::JourneyStatus::Completed;
        // A journey that went on as another type has ended; what its old codes say of the end is the other's.
        if is_over && state.ended_at.is_none() {
            state.end(said.at, happening.event_id);
            state.disposition.clone_from(&said.disposition);
            deed.ended_visit = true;
            state.settle(template);
        }
        deed
    }

    fn settle(&mut self, journey: usize) {
        if let (Some(template), Some(state)) =
            (self.template(journey), self.visit.journeys.get_mut(journey))
        {
            state.settle(template);
        }
    }

    fn cancel_visit(&mut self, current: usize, happening: &Happening) -> Outcome {
        let Some(journey) = self.visit.journeys.get_mut(current) else {
            return Outcome::Nothing(EventReason::NothingToUndo);
        };
        journey.cancelled_at = Some(happening.said.at);
        let mut deed = Deed::on(journey.journey_type);
        deed.cancelled_visit = true;
        self.settle(current);
        // The bed was a mistake: the patient is still where the visit was before it went on.
        let before = (0..current).rev().find(|journey| {
            self.visit.journeys.get(*journey).is_some_and(|journey| !journey.is_cancelled())
        });
        if let Some(before) = before {
            if let Some(journey) =
                self.visit.journeys.get_mut(before).filter(|journey| journey.went_on)
            {
                journey.go_on();
            }
            self.settle(before);
        }
        Outcome::Did(deed)
    }

    fn cancel_discharge(&mut self, current: usize) -> Outcome {
        let Some(journey) = self.visit.journeys.get_mut(current) else {
            return Outcome::Nothing(EventReason::NothingToUndo);
        };
        let Some(ended_by) = journey.ended_by.filter(|_| !journey.went_on) else {
            return Outcome::Nothing(EventReason::NothingToUndo);
        };
        journey.undo(ended_by);
        journey.go_on();
        let mut deed = Deed::on(journey.journey_type);
        deed.reopened_visit = true;
        self.settle(current);
        Outcome::Did(deed)
    }

    fn transfer(&mut self, current: usize, happening: &'a Happening) -> Outcome {
        if let Some(journey) = self.visit.journeys.get_mut(current) {
            if let Some(stay) = journey.stays.last_mut() {
                stay.ended_at.get_or_insert(happening.said.at);
            }
            let mut stay = Stay::begin(happening);
            stay.ended_at = journey.ended_at.map(|ended| ended.max(stay.started_at));
            journey.stays.push(stay);
        }
        self.with_stages(current, happening, |deed| deed.moved = true)
    }

    fn update(&mut self, current: usize, happening: &'a Happening) -> Outcome {
        if let Some(journey) = self.visit.journeys.get_mut(current) {
            journey.attending = happening.said.physician_id.or(journey.attending);
        }
        self.with_stages(current, happening, |_| ())
    }

    /// Does what templates say besides what the code means in every house.
    fn with_stages(
        &mut self,
        current: usize,
        happening: &'a Happening,
        also: impl Fn(&mut Deed),
    ) -> Outcome {
        let effects = self.effects(current, happening);
        let mut deed = match missing(&effects, happening) {
            None => self.apply(current, happening, &effects),
            Some(_) => self.apply(current, happening, &Effects::default()),
        };
        also(&mut deed);
        Outcome::Did(deed)
    }

    fn cancel_transfer(&mut self, current: usize) -> Outcome {
        let Some(journey) =
            self.visit.journeys.get_mut(current).filter(|journey| journey.stays.len() > 1)
        else {
            return Outcome::Nothing(EventReason::NothingToUndo);
        };
        let Some(gone) = journey.stays.pop() else {
            return Outcome::Nothing(EventReason::NothingToUndo);
        };
        let ended_at = journey.ended_at;
        if let Some(stay) = journey.stays.last_mut() {
            stay.ended_at = ended_at;
        }
        journey.undo(gone.started_by);
        if journey.ended_by == Some(gone.started_by) {
            journey.go_on();
        }
        let mut deed = Deed::on(journey.journey_type);
        deed.moved = true;
        self.settle(current);
        Outcome::Did(deed)
    }
}

/// Whether both say the same of the same instant. What one message says twice it means twice.
fn is_repetition(seen: &Happening, happening: &Happening) -> bool {
    let (a, b) = (&seen.said, &happening.said);
    seen.event_id != happening.event_id
        && (a.at, &a.code, a.class, &a.department, a.physician_id, &a.location, &a.fields)
            == (b.at, &b.code, b.class, &b.department, b.physician_id, &b.location, &b.fields)
}
