//! Quotas: how many answers of a kind are wanted, and what happens with the one after the last.

use serde::{Deserialize, Serialize};

use super::logic::{Condition, Facts, Operand, holds};
use super::{Answers, SurveyContent};
use crate::Bilingual;

/// The most quotas of one survey.
pub const QUOTAS_MAX: usize = 20;
/// The most that one quota can ask for.
pub const QUOTA_SIZE_MAX: u32 = 1_000_000;

closed_enum! {
    /// What happens with whom a quota counts, once it is full.
    pub enum WhenFull {
        /// The survey thanks and ends. It counts as screened out.
        Finish => "finish",
        /// The survey goes on and counts like any other; only the quota counts it no more.
        GoOn => "go_on",
    }
}

closed_enum! {
    /// When a survey takes its place in a quota.
    pub enum QuotaCounts {
        /// When it is handed in.
        Completed => "completed",
        /// With the first page whose answers make it one of those that the quota counts, whether it is handed in or not.
        Begun => "begun",
    }
}

/// How many answers of a kind are wanted, over all versions of a survey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyQuota {
    /// Stable across versions: what was counted stays counted.
    pub key: String,
    /// What staff call it.
    pub name: Bilingual,
    /// Whom it counts; everybody without.
    #[serde(default)]
    pub when: Option<Condition>,
    /// How many, 1 to [`QUOTA_SIZE_MAX`].
    pub at_most: u32,
    /// What happens once it is full.
    pub when_full: WhenFull,
    /// When a survey takes its place.
    pub counts: QuotaCounts,
}

impl SurveyQuota {
    /// Whether nothing that its condition looks at can still be answered on pages behind this one.
    pub fn is_decided_by(&self, content: &SurveyContent, page: u8) -> bool {
        let comparisons = self.when.iter().flat_map(Condition::comparisons);
        comparisons.map(|one| &one.operand).all(|operand| match operand {
            Operand::Fact(_) => true,
            Operand::Variable(_) => false,
            Operand::Answer(key) => {
                content.question_of(key).is_some_and(|question| question.page <= page)
            }
        })
    }

    /// Whether nothing but what is known before the first question says whom it counts.
    pub fn looks_at_no_answer(&self) -> bool {
        let mut comparisons = self.when.iter().flat_map(Condition::comparisons);
        comparisons.all(|one| matches!(one.operand, Operand::Fact(_)))
    }

    /// Whether it ends a survey that is asked there as soon as it is full, whatever is answered, in whatever language and
    /// whichever way.
    pub fn ends_at_once(&self, content: &SurveyContent, facts: &Facts) -> bool {
        let mut comparisons = self.when.iter().flat_map(Condition::comparisons);
        let is_settled =
            |operand: &Operand| matches!(operand, Operand::Fact(fact) if fact.is_settled());
        self.when_full == WhenFull::Finish
            && comparisons.all(|one| is_settled(&one.operand))
            && self.counts_whoever(content, &Answers::default(), facts)
    }

    /// Whether it counts whoever gave these answers.
    pub fn counts_whoever(
        &self,
        content: &SurveyContent,
        answers: &Answers,
        facts: &Facts,
    ) -> bool {
        self.when.as_ref().is_none_or(|when| holds(when, content, answers, facts))
    }
}
