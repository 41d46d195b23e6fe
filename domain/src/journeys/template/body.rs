//! A template's content: what people write, what is published, what the engine follows.

use serde::{Deserialize, Serialize};

use crate::Bilingual;
use crate::ids::SurveyTemplateId;
use crate::journeys::{Attribution, Trigger};

/// The most stages of one template.
pub const STAGES_MAX: usize = 40;
/// The longest name of a template or a stage, in characters.
pub const NAME_CHARS_MAX: usize = 100;
/// The longest code of a stage or an event, in characters.
pub const CODE_CHARS_MAX: usize = 60;
/// The longest dwell target and the longest delay of a survey, in minutes: ninety days.
pub const MINUTES_MAX: i32 = 90 * 24 * 60;

/// Everything that a template says besides whose it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TemplateBody {
    /// What people call the journey.
    pub name: Bilingual,
    /// Event codes that end the visit, for example `A03`.
    pub closing_codes: Vec<String>,
    /// The stages, in order.
    pub stages: Vec<StageBody>,
}

/// One stage of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StageBody {
    /// Stable code, unique within the template: small Latin letters, digits and `_`.
    pub code: String,
    /// What people read.
    pub name: Bilingual,
    /// Whether it runs beside the stage before it, in whatever order.
    #[serde(default)]
    pub parallel: bool,
    /// Whether a visit may go without it.
    #[serde(default)]
    pub optional: bool,
    /// Whether it may happen several times in one visit.
    #[serde(default)]
    pub repeatable: bool,
    /// What moves it.
    #[serde(default)]
    pub triggers: Vec<Trigger>,
    /// Whether its start or completion opens a journey for an encounter that is not known yet.
    #[serde(default)]
    pub opens_journey: bool,
    /// Whether its event must name a department.
    #[serde(default)]
    pub needs_department: bool,
    /// Whether its event must name a physician.
    #[serde(default)]
    pub needs_physician: bool,
    /// A stage that took less was hardly one, in minutes, 0 to 129,600.
    #[serde(default)]
    pub dwell_minutes_min: Option<i32>,
    /// A patient who waits longer is overdue, in minutes, 1 to 129,600.
    #[serde(default)]
    pub dwell_minutes_max: Option<i32>,
    /// Whom its survey is about.
    #[serde(default = "by_stage")]
    pub attribution: Attribution,
    /// The survey that its completion sends, if any; in the version that it has by then.
    #[serde(default)]
    pub survey_template_id: Option<SurveyTemplateId>,
    /// How long after the completion the invitation goes out, in minutes, 0 to 129,600.
    #[serde(default)]
    pub survey_delay_minutes: i32,
}

const fn by_stage() -> Attribution {
    Attribution::Stage
}

impl StageBody {
    /// A stage of this code that nothing moves yet.
    pub fn new(code: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            name: Bilingual::default(),
            parallel: false,
            optional: false,
            repeatable: false,
            triggers: Vec::new(),
            opens_journey: false,
            needs_department: false,
            needs_physician: false,
            dwell_minutes_min: None,
            dwell_minutes_max: None,
            attribution: Attribution::Stage,
            survey_template_id: None,
            survey_delay_minutes: 0,
        }
    }
}

impl TemplateBody {
    /// A code of this beginning that no stage has yet: `stage_2`.
    pub fn free_code(&self, beginning: &str) -> String {
        let taken = |code: &str| self.stages.iter().any(|stage| stage.code == code);
        let numbered = (2_usize..).map(|number| format!("{beginning}_{number}"));
        let mut codes = std::iter::once(beginning.to_owned()).chain(numbered);
        codes.find(|code| !taken(code)).unwrap_or_else(|| beginning.to_owned())
    }

    /// Moves a stage to another place; the others close up. Nothing, for places that there are not.
    pub fn move_stage(&mut self, from: usize, to: usize) {
        if from < self.stages.len() && to < self.stages.len() {
            let stage = self.stages.remove(from);
            self.stages.insert(to, stage);
        }
    }
}
