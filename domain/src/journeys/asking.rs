//! Which surveys a journey asks for, as it stands.

use chrono::{DateTime, Utc};

use super::{Attribution, JourneyState, JourneyTemplate, Leaving, StageState, StageTemplate};
use crate::ids::{DepartmentId, PhysicianId, SurveyTemplateId};

/// A survey that a stage asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The stage.
    pub stage: &'a StageState,
    /// What is asked.
    pub survey_template_id: SurveyTemplateId,
    /// When the stage, or the visit, was over.
    pub at: DateTime<Utc>,
    /// How long after that the invitation goes out, in minutes.
    pub delay_minutes: i32,
    /// Where it happened.
    pub department_id: Option<DepartmentId>,
    /// Whom it is about.
    pub physician_id: Option<PhysicianId>,
}

/// The surveys that this journey asks for: one for each completed stage that has one.
///
/// When the visit has ended and none of them did, the last stage with a survey asks, so that a hospital that
/// only reports arrivals and departures hears its patients too. A cancelled journey asks nobody, nor does that of
/// a patient who has died; who went to another hospital, or left against advice, is not asked about the end.
pub fn asked<'a>(template: &JourneyTemplate, journey: &'a JourneyState) -> Vec<Asked<'a>> {
    if journey.is_cancelled() {
        return Vec::new();
    }
    let mut asked: Vec<Asked<'a>> = Vec::new();
    for (of, survey) in with_survey(template) {
        let of_stage = journey.stages.iter().filter(|stage| stage.stage_template_id == of.id);
        asked
            .extend(of_stage.filter_map(|stage| {
                Some(about(journey, (of, survey), stage, stage.completed_at?))
            }));
    }
    if asked.is_empty() && !journey.went_on {
        asked.extend(at_the_end(template, journey));
    }
    match journey.disposition.as_deref().map_or(Leaving::Usual, Leaving::read) {
        Leaving::Usual => {}
        Leaving::Died => asked.clear(),
        Leaving::Transferred | Leaving::AgainstAdvice => {
            asked.retain(|asked| journey.ended_at.is_none_or(|ended| asked.at < ended));
        }
    }
    asked
}

fn with_survey(
    template: &JourneyTemplate,
) -> impl DoubleEndedIterator<Item = (&StageTemplate, SurveyTemplateId)> {
    template.stages.iter().filter_map(|stage| Some((stage, stage.survey_template_id?)))
}

fn at_the_end<'a>(template: &JourneyTemplate, journey: &'a JourneyState) -> Option<Asked<'a>> {
    let ended_at = journey.ended_at?;
    let (of, survey) = with_survey(template).next_back()?;
    let stage = journey.stages.iter().find(|stage| stage.stage_template_id == of.id)?;
    let (department_id, physician_id) = journey.last_place();
    let asked = about(journey, (of, survey), stage, ended_at);
    let physician_id = match of.attribution {
        Attribution::Place => None,
        _ => asked.physician_id.or(physician_id),
    };
    let department_id = asked.department_id.or(department_id);
    Some(Asked { department_id, physician_id, ..asked })
}

fn about<'a>(
    journey: &'a JourneyState,
    (of, survey_template_id): (&StageTemplate, SurveyTemplateId),
    stage: &'a StageState,
    at: DateTime<Utc>,
) -> Asked<'a> {
    Asked {
        stage,
        survey_template_id,
        at,
        delay_minutes: of.survey_delay_minutes,
        department_id: stage.department_id,
        physician_id: match of.attribution {
            Attribution::Stage => stage.physician_id.or(journey.attending),
            Attribution::Attending => journey.attending.or(stage.physician_id),
            Attribution::Place => None,
        },
    }
}
