//! Standing in for somebody who is away.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::ids::{DelegationId, UserId};
use crate::{Bilingual, FieldFault};

/// The most days that somebody is stood in for at a stretch.
pub const DELEGATION_DAYS_MAX: u64 = 90;

/// How many days ahead somebody may say that they will be away.
pub const DELEGATION_AHEAD_DAYS_MAX: u64 = 180;

/// Lets somebody look after one's actions for a while: they are assigned and asked in one's place, and may
/// do with one's actions what one may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Delegate {
    /// Who is away; oneself when absent. Somebody else only for whoever may change that user.
    #[serde(default)]
    pub user_id: Option<UserId>,
    /// Who stands in.
    pub deputy_id: UserId,
    /// The first day, in Riyadh; today at the earliest, and in [`DELEGATION_AHEAD_DAYS_MAX`] at the latest.
    pub starts_on: NaiveDate,
    /// The last day, at most 89 days after the first.
    pub ends_on: NaiveDate,
}

impl Delegate {
    /// What is wrong with the days, all of it: `past`, `too_far`, `before_start`, `period_too_long`.
    pub fn faults(&self, today: NaiveDate) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        let latest = today.checked_add_days(Days::new(DELEGATION_AHEAD_DAYS_MAX));
        if self.starts_on < today {
            faults.push(FieldFault::new("starts_on", "past"));
        } else if latest.is_none_or(|latest| self.starts_on > latest) {
            faults.push(FieldFault::new("starts_on", "too_far"));
        }
        let longest = self.starts_on.checked_add_days(Days::new(DELEGATION_DAYS_MAX - 1));
        if self.ends_on < self.starts_on {
            faults.push(FieldFault::new("ends_on", "before_start"));
        } else if longest.is_none_or(|longest| self.ends_on > longest) {
            faults.push(FieldFault::new("ends_on", "period_too_long"));
        }
        faults
    }
}

/// A person and what they are called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Colleague {
    /// Who.
    pub id: UserId,
    /// The name in both scripts.
    pub name: Bilingual,
}

/// One time that somebody is away, and who stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Delegation {
    /// Which.
    pub id: DelegationId,
    /// Who is away.
    pub user: Colleague,
    /// Who stands in.
    pub deputy: Colleague,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// Whether it holds today.
    pub in_force: bool,
}

/// The times that are not over: when one is away, and when one stands in for others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Delegations {
    /// When the person is away, the next one first.
    pub away: Vec<Delegation>,
    /// For whom the person stands in, the next one first.
    pub standing_in: Vec<Delegation>,
    /// Whether the person looks after anything that could be handed over.
    pub may_delegate: bool,
}

/// Somebody whom one stands in for today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StandingIn {
    /// The name in both scripts.
    pub name: Bilingual,
    /// The last day.
    pub ends_on: NaiveDate,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_time_away_begins_today_at_the_earliest_and_lasts_ninety_days_at_most() {
        for (starts, ends, expected) in [
            ("2026-11-28", "2026-11-28", &[][..]),
            ("2026-11-28", "2027-02-25", &[]),
            ("2026-11-28", "2027-02-26", &[("ends_on", "period_too_long")]),
            ("2026-11-27", "2026-11-28", &[("starts_on", "past")]),
            ("2026-11-30", "2026-11-29", &[("ends_on", "before_start")]),
            ("2027-05-27", "2027-05-27", &[]),
            ("2027-05-28", "2027-05-28", &[("starts_on", "too_far")]),
            ("2026-11-20", "2026-11-19", &[("starts_on", "past"), ("ends_on", "before_start")]),
        ] {
            let wanted = Delegate {
                user_id: None,
                deputy_id: UserId(uuid::Uuid::nil()),
                starts_on: day(starts),
                ends_on: day(ends),
            };
            let faults: Vec<FieldFault> =
                expected.iter().map(|(field, code)| FieldFault::new(field, code)).collect();
            assert_eq!(wanted.faults(day("2026-11-28")), faults, "{starts} to {ends}");
        }
    }
}
