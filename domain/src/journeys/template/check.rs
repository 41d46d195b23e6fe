//! What is wrong with a template: what stops it from being kept or published, and what only deserves a look.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    CODE_CHARS_MAX, MINUTES_MAX, NAME_CHARS_MAX, STAGES_MAX, StageBody, SurveyChoice, TemplateBody,
};
use crate::Bilingual;
use crate::journeys::{Condition, Operator, Subject, TERMS_MAX, TRIGGERS_MAX, TriggerEffect};

closed_enum! {
    /// What is the matter.
    pub enum FindingCode {
        /// A name is missing in one of the languages, or too long.
        Name => "name",
        /// A code is missing, too long, or of other characters.
        Code => "code",
        /// Two stages have the same code.
        CodeTwice => "code_twice",
        /// There are no stages, or too many.
        Stages => "stages",
        /// No stage opens a journey: no visit would ever begin.
        NothingOpens => "nothing_opens",
        /// A rule listens to no code, or to too many.
        NoEventCodes => "no_event_codes",
        /// A condition compares with nothing, or a field has no path.
        Condition => "condition",
        /// Too many rules of one stage.
        Triggers => "triggers",
        /// A number of minutes is out of range, or the least is above the most.
        Minutes => "minutes",
        /// The survey is not published, or not there.
        Survey => "survey",
        /// Nothing completes the stage.
        NeverCompletes => "never_completes",
        /// Two stages answer to the same code without a condition between them.
        SameCode => "same_code",
        /// Nothing ends the visit but the last stage.
        NothingCloses => "nothing_closes",
        /// No stage asks anybody.
        NobodyAsked => "nobody_asked",
    }
}

/// One thing that is the matter with a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Finding {
    /// What.
    pub code: FindingCode,
    /// Whether it can be published all the same.
    pub warning: bool,
    /// Of which stage, counted from 0; none for the template itself.
    pub stage: Option<usize>,
}

impl Finding {
    const fn error(code: FindingCode, stage: Option<usize>) -> Self {
        Self { code, warning: false, stage }
    }

    const fn warning(code: FindingCode, stage: Option<usize>) -> Self {
        Self { code, warning: true, stage }
    }
}

/// Whether any of these keeps the template from being published.
pub fn blocks(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| !finding.warning)
}

/// Everything that is the matter with a template, the template itself first, then stage by stage.
///
/// Whether surveys are published, [`findings`] says.
pub fn check(body: &TemplateBody) -> Vec<Finding> {
    let mut found = Vec::new();
    if !is_name(&body.name) {
        found.push(Finding::error(FindingCode::Name, None));
    }
    if body.closing_codes.len() > TERMS_MAX || !body.closing_codes.iter().all(|code| is_code(code))
    {
        found.push(Finding::error(FindingCode::Code, None));
    }
    if body.stages.is_empty() || body.stages.len() > STAGES_MAX {
        found.push(Finding::error(FindingCode::Stages, None));
    } else if !body.stages.iter().any(opens) {
        found.push(Finding::error(FindingCode::NothingOpens, None));
    }
    if body.closing_codes.is_empty() && body.stages.last().is_none_or(|last| last.optional) {
        found.push(Finding::warning(FindingCode::NothingCloses, None));
    }
    if body.stages.iter().all(|stage| stage.survey_template_id.is_none()) {
        found.push(Finding::warning(FindingCode::NobodyAsked, None));
    }
    let mut codes = BTreeSet::new();
    for (index, stage) in body.stages.iter().enumerate() {
        of_stage(stage, index, &mut found);
        if !codes.insert(stage.code.as_str()) {
            found.push(Finding::error(FindingCode::CodeTwice, Some(index)));
        }
        if shares_code(body, index) {
            found.push(Finding::warning(FindingCode::SameCode, Some(index)));
        }
    }
    found
}

/// The same, and which stages would send a survey that is none of these.
pub fn findings(body: &TemplateBody, surveys: &[SurveyChoice]) -> Vec<Finding> {
    let mut found = check(body);
    let unknown = |stage: &StageBody| {
        stage.survey_template_id.is_some_and(|id| surveys.iter().all(|survey| survey.id != id))
    };
    let stages = body.stages.iter().enumerate().filter(|(_, stage)| unknown(stage));
    found.extend(stages.map(|(index, _)| Finding::error(FindingCode::Survey, Some(index))));
    found
}

fn opens(stage: &StageBody) -> bool {
    stage.opens_journey && !stage.triggers.is_empty()
}

fn of_stage(stage: &StageBody, index: usize, found: &mut Vec<Finding>) {
    let mut error = |bad: bool, code| {
        if bad {
            found.push(Finding::error(code, Some(index)));
        }
    };
    error(!is_stage_code(&stage.code), FindingCode::Code);
    error(!is_name(&stage.name), FindingCode::Name);
    error(stage.triggers.len() > TRIGGERS_MAX, FindingCode::Triggers);
    let codes_are_well = stage.triggers.iter().all(|trigger| {
        (1..=TERMS_MAX).contains(&trigger.event_codes.len())
            && trigger.event_codes.iter().all(|code| is_code(code))
    });
    error(!codes_are_well, FindingCode::NoEventCodes);
    let conditions_are_well = stage.triggers.iter().all(|trigger| {
        trigger.conditions.len() <= TERMS_MAX && trigger.conditions.iter().all(is_condition)
    });
    error(!conditions_are_well, FindingCode::Condition);
    error(!minutes_are_well(stage), FindingCode::Minutes);
    if !stage.triggers.iter().any(|trigger| trigger.effect == TriggerEffect::Complete) {
        found.push(Finding::warning(FindingCode::NeverCompletes, Some(index)));
    }
}

fn is_name(name: &Bilingual) -> bool {
    let is_well = |name: &str| {
        !name.trim().is_empty() && name.chars().count() <= NAME_CHARS_MAX && !name.contains('\0')
    };
    is_well(&name.ar) && is_well(&name.en)
}

fn is_stage_code(code: &str) -> bool {
    let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (1..=CODE_CHARS_MAX).contains(&code.len()) && code.chars().all(known)
}

/// An event code is whatever a source may send as one word.
fn is_code(code: &str) -> bool {
    (1..=CODE_CHARS_MAX).contains(&code.chars().count())
        && !code.chars().any(|c| c.is_whitespace() || c.is_control())
}

fn is_condition(condition: &Condition) -> bool {
    let compares = matches!(condition.operator, Operator::IsOneOf | Operator::IsNoneOf);
    let is_text = |text: &str| {
        !text.trim().is_empty() && text.chars().count() <= NAME_CHARS_MAX && !text.contains('\0')
    };
    let values = &condition.values;
    (condition.path.is_empty() == (condition.subject != Subject::Field))
        && (condition.path.is_empty() || is_text(&condition.path))
        && compares != values.is_empty()
        && values.len() <= TERMS_MAX
        && values.iter().all(|value| is_text(value))
}

fn minutes_are_well(stage: &StageBody) -> bool {
    let (least, most) = (stage.dwell_minutes_min, stage.dwell_minutes_max);
    least.is_none_or(|least| (0..=MINUTES_MAX).contains(&least))
        && most.is_none_or(|most| (1..=MINUTES_MAX).contains(&most))
        && !matches!((least, most), (Some(least), Some(most)) if least > most)
        && (0..=MINUTES_MAX).contains(&stage.survey_delay_minutes)
}

/// Whether a stage before this one listens to the same code for the same effect, and neither sets a condition.
fn shares_code(body: &TemplateBody, index: usize) -> bool {
    let bare = |stage: &StageBody| -> BTreeSet<(TriggerEffect, String)> {
        let bare = stage.triggers.iter().filter(|trigger| trigger.conditions.is_empty());
        bare.flat_map(|trigger| {
            trigger.event_codes.iter().map(move |code| (trigger.effect, code.clone()))
        })
        .collect()
    };
    let Some(ours) = body.stages.get(index).map(bare) else { return false };
    body.stages.iter().take(index).any(|before| !bare(before).is_disjoint(&ours))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SurveyTemplateId;
    use crate::journeys::Trigger;

    fn stage(code: &str, listens_to: &str) -> StageBody {
        StageBody {
            name: Bilingual::new("مرحلة", "Stage"),
            triggers: vec![Trigger {
                effect: TriggerEffect::Complete,
                event_codes: vec![listens_to.to_owned()],
                conditions: Vec::new(),
            }],
            ..StageBody::new(code)
        }
    }

    fn sound() -> TemplateBody {
        let mut first = stage("arrival", "A04");
        first.opens_journey = true;
        let mut last = stage("leaving", "A03");
        last.survey_template_id = Some(SurveyTemplateId(uuid::Uuid::nil()));
        TemplateBody {
            name: Bilingual::new("رحلة", "Journey"),
            closing_codes: vec!["A03".to_owned()],
            stages: vec![first, last],
        }
    }

    fn found(change: impl Fn(&mut TemplateBody)) -> Vec<(FindingCode, bool, Option<usize>)> {
        let mut body = sound();
        change(&mut body);
        check(&body).into_iter().map(|one| (one.code, one.warning, one.stage)).collect()
    }

    #[test]
    fn a_sound_template_has_no_findings() {
        assert_eq!(found(|_| ()), []);
    }

    #[test]
    fn whatever_would_break_a_journey_is_an_error_of_its_stage() {
        use FindingCode as F;
        let of_second = |code| vec![(code, false, Some(1))];
        assert_eq!(found(|body| body.stages[1].code = "Wait room".to_owned()), of_second(F::Code));
        assert_eq!(
            found(|body| body.stages[1].code = "arrival".to_owned()),
            of_second(F::CodeTwice)
        );
        assert_eq!(found(|body| body.stages[1].name.ar = " ".to_owned()), of_second(F::Name));
        let no_codes = found(|body| body.stages[1].triggers[0].event_codes.clear());
        assert_eq!(no_codes, of_second(F::NoEventCodes));
        let spaced = found(|body| body.stages[1].triggers[0].event_codes[0] = "A 03".to_owned());
        assert_eq!(spaced, of_second(F::NoEventCodes));
        let least_above_most = found(|body| {
            body.stages[1].dwell_minutes_min = Some(30);
            body.stages[1].dwell_minutes_max = Some(10);
        });
        assert_eq!(least_above_most, of_second(F::Minutes));
        assert_eq!(found(|body| body.stages[1].survey_delay_minutes = -1), of_second(F::Minutes));
        assert_eq!(found(|body| body.stages.clear())[0], (F::Stages, false, None));
        let closed = found(|body| body.stages[0].opens_journey = false);
        assert_eq!(closed, [(F::NothingOpens, false, None)]);
    }

    #[test]
    fn a_condition_compares_with_values_and_looks_at_a_field_by_its_path() {
        let with = |subject, path: &str, operator, values: &[&str]| {
            let condition = Condition {
                subject,
                path: path.to_owned(),
                operator,
                values: values.iter().map(ToString::to_string).collect(),
            };
            found(move |body| body.stages[1].triggers[0].conditions.push(condition.clone()))
        };
        let bad = [(FindingCode::Condition, false, Some(1))];
        assert_eq!(with(Subject::Class, "", Operator::IsOneOf, &["inpatient"]), []);
        assert_eq!(with(Subject::Field, "PV1-10", Operator::IsPresent, &[]), []);
        assert_eq!(with(Subject::Class, "", Operator::IsOneOf, &[]), bad);
        assert_eq!(with(Subject::Field, "", Operator::IsPresent, &[]), bad);
        assert_eq!(with(Subject::Field, "PV1-10", Operator::IsAbsent, &["x"]), bad);
    }

    #[test]
    fn what_only_deserves_a_look_does_not_stop_publishing() {
        let never = found(|body| body.stages[1].triggers[0].effect = TriggerEffect::Start);
        assert_eq!(never, [(FindingCode::NeverCompletes, true, Some(1))]);
        let same = found(|body| body.stages[1].triggers[0].event_codes[0] = "A04".to_owned());
        assert_eq!(same, [(FindingCode::SameCode, true, Some(1))]);
        let silent = found(|body| body.stages[1].survey_template_id = None);
        assert_eq!(silent, [(FindingCode::NobodyAsked, true, None)]);
        let mut body = sound();
        body.stages[1].survey_template_id = None;
        assert!(!blocks(&check(&body)));
    }
}
