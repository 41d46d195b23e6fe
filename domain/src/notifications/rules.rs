//! Rules about how often patients are asked, as people set them.

use serde::{Deserialize, Serialize};

use super::Channel;
use crate::ids::{DepartmentId, FatigueRuleId, HospitalId, SurveyTemplateId};
use crate::journeys::JourneyType;
use crate::organizations::HospitalChoice;
use crate::{Bilingual, FieldFault};

/// The most invitations that a rule may allow within its window.
pub const INVITATIONS_MAX: i32 = 1_000;
/// The longest window and the longest gap, in days.
pub const RULE_DAYS_MAX: i32 = 366;

/// What a rule restricts, and to what it holds. What is absent restricts nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SetFatigueRule {
    /// In one hospital only; none means the whole group.
    pub hospital_id: Option<HospitalId>,
    /// Of one survey only.
    pub template_id: Option<SurveyTemplateId>,
    /// By one channel only.
    pub channel: Option<Channel>,
    /// After one kind of journey only.
    pub journey_type: Option<JourneyType>,
    /// About one department only.
    pub department_id: Option<DepartmentId>,
    /// At most so many invitations, 0 to 1,000, in a window that ends now.
    pub invitations_max: Option<i32>,
    /// How long that window is, in days, 1 to 366; 30 when absent.
    pub window_days: Option<i32>,
    /// So many days between two invitations, 1 to 366.
    pub gap_days: Option<i32>,
}

impl SetFatigueRule {
    /// What is wrong with it.
    pub fn faults(&self) -> Vec<FieldFault> {
        let out = |value: Option<i32>, least: i32, most: i32| {
            value.is_some_and(|value| !(least..=most).contains(&value))
        };
        [
            (
                self.invitations_max.is_none() && self.gap_days.is_none(),
                "invitations_max",
                "required",
            ),
            (out(self.invitations_max, 0, INVITATIONS_MAX), "invitations_max", "out_of_range"),
            (out(self.window_days, 1, RULE_DAYS_MAX), "window_days", "out_of_range"),
            (out(self.gap_days, 1, RULE_DAYS_MAX), "gap_days", "out_of_range"),
        ]
        .into_iter()
        .filter(|(bad, ..)| *bad)
        .map(|(_, field, code)| FieldFault::new(field, code))
        .collect()
    }
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FatigueRule {
    /// Which.
    pub id: FatigueRuleId,
    /// What it says.
    pub rule: SetFatigueRule,
    /// What its hospital is called.
    pub hospital: Option<Bilingual>,
    /// What its survey is called.
    pub survey: Option<Bilingual>,
    /// What its department is called.
    pub department: Option<Bilingual>,
    /// How many invitations it stopped in the last 30 days.
    pub stopped: i64,
    /// Whether the reader may take it away.
    pub may_remove: bool,
}

/// A survey that a rule may be about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleSurvey {
    /// Which.
    pub id: SurveyTemplateId,
    /// What it is called.
    pub name: Bilingual,
}

/// All rules within reach: the group's, and those of the reader's hospitals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FatigueRuleList {
    /// The rules.
    pub items: Vec<FatigueRule>,
    /// Hospitals for which the reader may make rules.
    pub hospitals: Vec<HospitalChoice>,
    /// The surveys that a rule may be about.
    pub surveys: Vec<RuleSurvey>,
    /// Whether the reader may make rules for the whole group.
    pub may_write_group: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_says_nothing_or_something_out_of_range_is_refused_by_its_field() {
        let fields = |rule: SetFatigueRule| -> Vec<String> {
            rule.faults().into_iter().map(|fault| fault.field).collect()
        };
        assert_eq!(fields(SetFatigueRule::default()), ["invitations_max"]);
        let gap = SetFatigueRule { gap_days: Some(3), ..SetFatigueRule::default() };
        assert_eq!(fields(gap.clone()), [""; 0]);
        let odd = SetFatigueRule {
            invitations_max: Some(-1),
            window_days: Some(0),
            gap_days: Some(367),
            ..gap
        };
        assert_eq!(fields(odd), ["invitations_max", "window_days", "gap_days"]);
    }
}
