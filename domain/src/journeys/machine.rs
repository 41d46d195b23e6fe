//! How a journey stands, as a pure function of what is known: the order of arrival cannot matter.

use chrono::{DateTime, Utc};

use super::{JourneyStatus, StageStatus};

/// What is known about one stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// When it was completed.
    pub completed_at: Option<DateTime<Utc>>,
}

/// How a journey stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The journey as a whole.
    pub journey: JourneyStatus,
    /// Its stages, in the order of the template.
    pub stages: Vec<StageStatus>,
}

/// Computes how a journey stands from its stages, in the order of the template.
///
/// - A stage with a completion is completed, whatever came before or after it.
/// - A stage before a completed one was skipped, until its own late event says otherwise.
/// - The first stage after the last completed one is active; the rest is pending.
/// - When the visit has ended, or its last stage is completed, nothing stays pending.
pub fn stand(stages: &[Known], ended: bool, cancelled: bool) -> Standing {
    let last_done = stages.iter().rposition(|stage| stage.completed_at.is_some());
    let all_done = last_done.is_some_and(|last| last + 1 == stages.len());
    let over = ended || all_done;
    let status = |(place, stage): (usize, &Known)| match stage.completed_at {
        Some(_) => StageStatus::Completed,
        None if cancelled => StageStatus::Cancelled,
        None if over || last_done.is_some_and(|last| place < last) => StageStatus::Skipped,
        None if place == last_done.map_or(0, |last| last + 1) => StageStatus::Active,
        None => StageStatus::Pending,
    };
    Standing {
        journey: match (cancelled, over) {
            (true, _) => JourneyStatus::Cancelled,
            (false, true) => JourneyStatus::Completed,
            (false, false) => JourneyStatus::Active,
        },
        stages: stages.iter().enumerate().map(status).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use StageStatus::{Active, Cancelled, Completed, Pending, Skipped};

    fn known(done: [bool; 4]) -> Vec<Known> {
        done.iter()
            .map(|done| Known { completed_at: done.then_some(DateTime::<Utc>::UNIX_EPOCH) })
            .collect()
    }

    #[test]
    fn a_journey_stands_by_what_is_done_and_not_by_what_came_first() {
        for (done, ended, stages) in [
            ([false, false, false, false], false, [Active, Pending, Pending, Pending]),
            ([true, false, false, false], false, [Completed, Active, Pending, Pending]),
            ([true, false, true, false], false, [Completed, Skipped, Completed, Active]),
            ([true, true, true, false], true, [Completed, Completed, Completed, Skipped]),
            ([true, false, false, true], false, [Completed, Skipped, Skipped, Completed]),
        ] {
            assert_eq!(stand(&known(done), ended, false).stages, stages, "{done:?} {ended}");
        }
    }

    #[test]
    fn a_journey_is_complete_with_its_last_stage_or_with_the_end_of_the_visit() {
        let journey = |done, ended| stand(&known(done), ended, false).journey;
        assert_eq!(journey([true, true, true, false], false), JourneyStatus::Active);
        assert_eq!(journey([true, true, true, true], false), JourneyStatus::Completed);
        assert_eq!(journey([true, false, false, false], true), JourneyStatus::Completed);
    }

    #[test]
    fn a_cancelled_visit_keeps_what_was_done() {
        let standing = stand(&known([true, false, false, false]), false, true);
        assert_eq!(standing.journey, JourneyStatus::Cancelled);
        assert_eq!(standing.stages, [Completed, Cancelled, Cancelled, Cancelled]);
    }
}
