//! One stage moves.

use super::matching::Effects;
use super::{Happening, JourneyState, StageStatus, StageTemplate, TriggerEffect};
use crate::integrations::EventReason;

/// What the message does not say although one of the stages needs it.
pub(super) fn missing(effects: &Effects<'_>, happening: &Happening) -> Option<EventReason> {
    let moved = || {
        effects
            .moves
            .iter()
            .filter(|(_, effect)| *effect == TriggerEffect::Complete)
            .map(|(stage, _)| stage)
    };
    let said = &happening.said;
    if said.department_id.is_none() && moved().any(|stage| stage.needs_department) {
        Some(EventReason::MissingDepartment)
    } else if said.physician_id.is_none() && moved().any(|stage| stage.needs_physician) {
        Some(EventReason::MissingPhysician)
    } else {
        None
    }
}

/// Moves one stage; answers which repetition, unless there was nothing to move.
pub(super) fn move_stage(
    journey: &mut JourneyState,
    template: &StageTemplate,
    effect: TriggerEffect,
    happening: &Happening,
) -> Option<i16> {
    let said = &happening.said;
    let attending = journey.attending;
    let stage = journey.undone(template)?;
    match effect {
        TriggerEffect::Complete => {
            stage.completed_at = Some(said.at);
            stage.completed_by = Some(happening.event_id);
            stage.department_id = said.department_id.or(stage.department_id);
            stage.physician_id = said.physician_id.or(stage.physician_id).or(attending);
            stage.called_off_by = None;
        }
        TriggerEffect::Start if stage.started_by.is_some() => return None,
        TriggerEffect::Start => {
            stage.started_at = Some(said.at);
            stage.started_by = Some(happening.event_id);
            stage.department_id = said.department_id.or(stage.department_id);
            stage.called_off_by = None;
        }
        TriggerEffect::Skip | TriggerEffect::Cancel => {
            stage.called_off_by = Some(happening.event_id);
            stage.status = if effect == TriggerEffect::Skip {
                StageStatus::Skipped
            } else {
                StageStatus::Cancelled
            };
        }
    }
    Some(stage.occurrence)
}
