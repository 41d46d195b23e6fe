//! What has to be written so that the rows of an encounter say what its story says.

use std::collections::HashMap;

use px360_domain::ids::{EventId, JourneyId, PatientId, StageId, StageTemplateId};
use px360_domain::journeys::{JourneyState, JourneyType, asking};

use super::rows::{Encounter, JourneyRow, Kept, StageRow, StayRow};
use crate::ctx::Ctx;
use crate::journeys::Templates;
use crate::surveys::WantedSurvey;

/// Rows to write, for many encounters together.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) new_journeys: Vec<JourneyRow>,
    pub(super) changed_journeys: Vec<JourneyRow>,
    pub(super) new_stages: Vec<StageRow>,
    pub(super) changed_stages: Vec<StageRow>,
    /// Journeys whose stays are written anew.
    pub(super) moved: Vec<JourneyId>,
    pub(super) stays: Vec<StayRow>,
    /// What never was, seen from now.
    pub(super) gone_journeys: Vec<JourneyId>,
    pub(super) gone_stages: Vec<StageId>,
    /// Every journey that there was before.
    pub(super) known: Vec<JourneyId>,
    /// The surveys that all of them ask for.
    pub(super) surveys: Vec<WantedSurvey>,
}

/// The ids of an encounter's journeys and stages, for what its messages did.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub(super) journeys: HashMap<JourneyType, JourneyId>,
    pub(super) stages: HashMap<(StageTemplateId, i16), StageId>,
}

impl Changes {
    /// Adds what one encounter needs; answers what its journeys and stages are called.
    pub(super) fn add(
        &mut self,
        ctx: &Ctx,
        templates: &Templates,
        (encounter, kept): (&Encounter, &[Kept]),
        (states, patients): (&[JourneyState], &HashMap<EventId, PatientId>),
    ) -> Named {
        let mut named = Named::default();
        self.known.extend(kept.iter().map(|kept| kept.journey.id));
        for state in states {
            let before = kept.iter().find(|kept| kept.journey.journey_type == state.journey_type);
            let patient = patients.get(&state.opened_by).copied();
            let Some(patient_id) = patient.or(before.map(|kept| kept.journey.patient_id)) else {
                continue;
            };
            let id = before.map_or_else(|| ctx.new_id(), |kept| kept.journey.id);
            let journey = JourneyRow::new(id, encounter, patient_id, state);
            named.journeys.insert(state.journey_type, id);
            self.stages(ctx, &journey, before, state, &mut named);
            self.stays(&journey, before, state);
            self.ask(templates, &journey, state, &named);
            match before {
                None => self.new_journeys.push(journey),
                Some(kept) if kept.journey != journey => self.changed_journeys.push(journey),
                Some(_) => {}
            }
        }
        let gone =
            kept.iter().filter(|kept| !named.journeys.values().any(|id| *id == kept.journey.id));
        for kept in gone {
            self.gone_journeys.push(kept.journey.id);
            self.gone_stages.extend(kept.stages.iter().map(|stage| stage.id));
        }
        named
    }

    fn stages(
        &mut self,
        ctx: &Ctx,
        journey: &JourneyRow,
        before: Option<&Kept>,
        state: &JourneyState,
        named: &mut Named,
    ) {
        let before: &[StageRow] = before.map_or(&[], |kept| &kept.stages);
        for stage in &state.stages {
            let key = (stage.stage_template_id, stage.occurrence);
            let known = before.iter().find(|row| (row.template_id, row.occurrence) == key);
            let row =
                StageRow::new(known.map_or_else(|| ctx.new_id(), |row| row.id), journey, stage);
            named.stages.insert(key, row.id);
            match known {
                None => self.new_stages.push(row),
                Some(known) if *known != row => self.changed_stages.push(row),
                Some(_) => {}
            }
        }
        let gone = before.iter().filter(|row| !named.stages.values().any(|id| *id == row.id));
        self.gone_stages.extend(gone.map(|row| row.id));
    }

    fn stays(&mut self, journey: &JourneyRow, before: Option<&Kept>, state: &JourneyState) {
        let stays = StayRow::all(journey, &state.stays);
        let before: &[StayRow] = before.map_or(&[], |kept| &kept.stays);
        if stays != before {
            if !before.is_empty() {
                self.moved.push(journey.id);
            }
            self.stays.extend(stays);
        }
    }

    fn ask(
        &mut self,
        templates: &Templates,
        journey: &JourneyRow,
        state: &JourneyState,
        named: &Named,
    ) {
        let Some(template) = templates.get(state.template_id) else { return };
        for asked in asking::asked(template, state) {
            let key = (asked.stage.stage_template_id, asked.stage.occurrence);
            let Some(stage_id) = named.stages.get(&key) else { continue };
            self.surveys.push(WantedSurvey {
                hospital_id: journey.hospital_id,
                survey_template_id: asked.survey_template_id,
                patient_id: journey.patient_id,
                stage_id: *stage_id,
                department_id: asked.department_id,
                physician_id: asked.physician_id,
                completed_at: asked.at,
                delay_minutes: asked.delay_minutes,
            });
        }
    }
}
