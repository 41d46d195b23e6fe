//! Which stage an event completes.

use super::{JourneyTemplate, StageTemplate};

/// What an event does to a journey of one template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect<'a> {
    /// It completes this stage.
    Completes(&'a StageTemplate),
    /// It ends the visit.
    EndsVisit,
}

/// The first template that knows this event code, and what the code does there.
///
/// Give the hospital's own templates before those of the whole group.
pub fn find<'a>(
    templates: &'a [JourneyTemplate],
    event_code: &str,
) -> Option<(&'a JourneyTemplate, Effect<'a>)> {
    templates.iter().find_map(|template| Some((template, effect(template, event_code)?)))
}

/// What an event code does to a journey of this template.
pub fn effect<'a>(template: &'a JourneyTemplate, event_code: &str) -> Option<Effect<'a>> {
    let listed = |codes: &[String]| codes.iter().any(|code| code == event_code);
    template
        .stages
        .iter()
        .find(|stage| listed(&stage.event_codes))
        .map(Effect::Completes)
        .or_else(|| listed(&template.closing_codes).then_some(Effect::EndsVisit))
}

/// The stage whose survey is sent when a visit ends and no stage has sent one: the last that has one.
///
/// A hospital that only reports A04 and A03 still hears its patients.
pub fn survey_at_the_end(template: &JourneyTemplate) -> Option<&StageTemplate> {
    template.stages.iter().rev().find(|stage| stage.survey_version_id.is_some())
}
