//! What a happening does to a journey of one template.

use super::{JourneyTemplate, Said, StageTemplate, TriggerEffect};

/// What a happening does to a journey of one template; nothing at all, when no rule is met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects<'a> {
    /// The stages that it moves, and how: at most one is started and one completed.
    pub moves: Vec<(&'a StageTemplate, TriggerEffect)>,
    /// Whether it ends the visit.
    pub ends_visit: bool,
}

impl Effects<'_> {
    /// Whether it does nothing.
    pub fn is_nothing(&self) -> bool {
        self.moves.is_empty() && !self.ends_visit
    }

    /// Whether it opens a journey for an encounter that is not known yet.
    pub fn opens(&self) -> bool {
        self.moves.iter().any(|(stage, effect)| {
            stage.opens_journey && matches!(effect, TriggerEffect::Start | TriggerEffect::Complete)
        })
    }
}

/// What this happening does to a journey of this template.
///
/// Where several stages listen to it, the first that is not done yet is completed (or started), because
/// hospitals send one code for the first visit to the laboratory and for the second.
pub fn effects<'a>(
    template: &'a JourneyTemplate,
    said: &Said,
    is_done: impl Fn(&StageTemplate) -> bool,
) -> Effects<'a> {
    let met = |wanted: TriggerEffect| {
        template.stages.iter().filter(move |stage| {
            stage.triggers.iter().any(|trigger| trigger.effect == wanted && trigger.meets(said))
        })
    };
    let mut moves = Vec::new();
    for effect in [TriggerEffect::Complete, TriggerEffect::Start] {
        let stage = met(effect).find(|stage| !is_done(stage)).or_else(|| met(effect).next());
        moves.extend(stage.map(|stage| (stage, effect)));
    }
    for effect in [TriggerEffect::Skip, TriggerEffect::Cancel] {
        moves.extend(met(effect).map(|stage| (stage, effect)));
    }
    Effects { moves, ends_visit: template.closing_codes.contains(&said.code) }
}

/// Whether any rule of this template listens to this code, whatever its conditions.
pub fn listens(template: &JourneyTemplate, code: &str) -> bool {
    template.closing_codes.iter().any(|closing| closing == code)
        || template
            .stages
            .iter()
            .flat_map(|stage| &stage.triggers)
            .any(|trigger| trigger.listens_to(code))
}
