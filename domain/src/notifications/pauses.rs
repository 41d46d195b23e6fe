//! Messages to patients that somebody stopped for a while.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::RuleSurvey;
use crate::compact::instant;
use crate::ids::{DeliveryPauseId, HospitalId, SurveyTemplateId};
use crate::organizations::HospitalChoice;
use crate::{Bilingual, FieldFault};

/// The most characters of a reason.
pub const PAUSE_REASON_CHARS_MAX: usize = 500;

/// Stops messages to patients until somebody lets them go on. What is absent restricts nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PauseDelivery {
    /// Of one hospital only; none means the whole group.
    pub hospital_id: Option<HospitalId>,
    /// Of one survey only.
    pub template_id: Option<SurveyTemplateId>,
    /// Why, 1 to 500 characters.
    pub reason: String,
}

impl PauseDelivery {
    /// What is wrong with it.
    pub fn faults(&self) -> Vec<FieldFault> {
        let chars = self.reason.trim().chars().count();
        let code = match chars {
            0 => "required",
            1..=PAUSE_REASON_CHARS_MAX => return Vec::new(),
            _ => "too_long",
        };
        vec![FieldFault::new("reason", code)]
    }
}

/// One standing pause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryPause {
    /// Which.
    pub id: DeliveryPauseId,
    /// Of which hospital; none means the whole group.
    pub hospital_id: Option<HospitalId>,
    /// What that is called.
    pub hospital: Option<Bilingual>,
    /// What its survey is called; none means every survey.
    pub survey: Option<Bilingual>,
    /// Why.
    pub reason: String,
    /// Who stopped them.
    pub paused_by: Bilingual,
    /// When.
    #[serde(with = "instant")]
    pub paused_at: DateTime<Utc>,
    /// How many messages within the reader's reach wait for their time or for this.
    pub waiting: i64,
    /// Whether the reader may let them go on.
    pub may_resume: bool,
}

/// What stands still within reach, and what may be stopped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryPauseList {
    /// The standing pauses.
    pub items: Vec<DeliveryPause>,
    /// Hospitals whose messages the reader may stop.
    pub hospitals: Vec<HospitalChoice>,
    /// The surveys whose messages may be stopped.
    pub surveys: Vec<RuleSurvey>,
    /// Whether the reader may stop the messages of the whole group.
    pub may_pause_group: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_says_why_in_a_few_words() {
        let codes = |reason: String| -> Vec<String> {
            let pause = PauseDelivery { reason, ..PauseDelivery::default() };
            pause.faults().into_iter().map(|fault| fault.code).collect()
        };
        assert_eq!(codes("  ".to_owned()), ["required"]);
        assert_eq!(codes("ا".repeat(500)), [""; 0]);
        assert_eq!(codes("ا".repeat(501)), ["too_long"]);
    }
}
