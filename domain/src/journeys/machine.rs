//! How the stages of a journey stand to each other, as a pure function of what is known of each.

use super::{JourneyStatus, StageStatus, StageTemplate};

/// What is known about one stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// It runs beside the one before it.
    pub parallel: bool,
    /// The visit may go without it.
    pub optional: bool,
    /// The patient is there.
    pub started: bool,
    /// It was completed, at least once.
    pub done: bool,
    /// A rule said that it was skipped or cancelled.
    pub called_off: Option<StageStatus>,
}

impl Known {
    /// Of a stage of which nothing was said yet.
    pub fn nothing(template: &StageTemplate) -> Self {
        Self { parallel: template.parallel, optional: template.optional, ..Self::default() }
    }

    /// Whether the visit still waits for it.
    const fn is_awaited(self) -> bool {
        !self.done && !self.optional && self.called_off.is_none()
    }
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
/// Stages that run beside each other are one group.
/// - A stage with a completion is completed, whatever came before or after it.
/// - A stage before a completed one was skipped, until its own late event says otherwise.
/// - Behind the last group with a completion, and once nobody waits for that group, the next stage that
///   cannot be left out is active with those beside it. What may be left out is active when it was started.
/// - When the visit has ended, or its last group is done, nothing stays pending.
pub fn stand(stages: &[Known], ended: bool, cancelled: bool) -> Standing {
    let groups = groups(stages);
    let over = ended || is_over(stages, &groups);
    let reached = Reached::of(stages, &groups);
    let status = |(stage, group): (&Known, &usize)| {
        if stage.done {
            return if cancelled { StageStatus::Reversed } else { StageStatus::Completed };
        }
        if let Some(called_off) = stage.called_off {
            return called_off;
        }
        if cancelled {
            return StageStatus::Cancelled;
        }
        if over { StageStatus::Skipped } else { reached.status(*stage, *group) }
    };
    Standing {
        journey: match (cancelled, over) {
            (true, _) => JourneyStatus::Cancelled,
            (false, true) => JourneyStatus::Completed,
            (false, false) => JourneyStatus::Active,
        },
        stages: stages.iter().zip(&groups).map(status).collect(),
    }
}

/// Which group each stage is of, from 0.
fn groups(stages: &[Known]) -> Vec<usize> {
    let mut group = 0;
    stages
        .iter()
        .enumerate()
        .map(|(place, stage)| {
            if place > 0 && !stage.parallel {
                group += 1;
            }
            group
        })
        .collect()
}

/// Whether the last group is done: something of it, and nothing of it is awaited.
fn is_over(stages: &[Known], groups: &[usize]) -> bool {
    let last = groups.last();
    let mut of_last =
        stages.iter().zip(groups).filter(|(_, group)| Some(*group) == last).peekable();
    let done = of_last.clone().any(|(stage, _)| stage.done);
    done && of_last.all(|(stage, _)| !stage.is_awaited())
}

/// How far the patient came.
struct Reached {
    /// The last group with a completion.
    last: Option<usize>,
    /// The group that is next: the first behind it with a stage that is awaited.
    next: Option<usize>,
}

impl Reached {
    fn of(stages: &[Known], groups: &[usize]) -> Self {
        let placed = || stages.iter().zip(groups);
        let last = placed().filter(|(stage, _)| stage.done).map(|(_, group)| *group).max();
        let awaited = |from: usize| {
            placed()
                .filter(|(stage, group)| **group >= from && stage.is_awaited())
                .map(|(_, group)| *group)
                .min()
        };
        Self { last, next: awaited(last.unwrap_or_default()) }
    }

    fn status(&self, stage: Known, group: usize) -> StageStatus {
        if stage.started {
            StageStatus::Active
        } else if self.last.is_some_and(|last| group < last) {
            StageStatus::Skipped
        } else if self.next == Some(group) && !stage.optional {
            StageStatus::Active
        } else {
            StageStatus::Pending
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use StageStatus::{Active, Cancelled, Completed, Pending, Reversed, Skipped};

    fn known(done: [bool; 4]) -> Vec<Known> {
        done.iter().map(|done| Known { done: *done, ..Known::default() }).collect()
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
    fn what_was_done_in_a_cancelled_visit_is_reversed() {
        let standing = stand(&known([true, false, false, false]), false, true);
        assert_eq!(standing.journey, JourneyStatus::Cancelled);
        assert_eq!(standing.stages, [Reversed, Cancelled, Cancelled, Cancelled]);
    }

    #[test]
    fn stages_beside_each_other_are_awaited_together() {
        let mut stages = known([true, false, false, false]);
        stages[2].parallel = true;
        assert_eq!(stand(&stages, false, false).stages, [Completed, Active, Active, Pending]);
        stages[2].done = true;
        assert_eq!(stand(&stages, false, false).stages, [Completed, Active, Completed, Pending]);
        stages[1].done = true;
        assert_eq!(stand(&stages, false, false).stages, [Completed, Completed, Completed, Active]);
    }

    #[test]
    fn a_group_at_the_end_ends_the_journey_when_nobody_waits_for_it_any_more() {
        let mut stages = known([true, true, true, false]);
        stages[3].parallel = true;
        assert_eq!(stand(&stages, false, false).journey, JourneyStatus::Active);
        stages[3].optional = true;
        let standing = stand(&stages, false, false);
        assert_eq!(standing.journey, JourneyStatus::Completed);
        assert_eq!(standing.stages[3], Skipped);
    }

    #[test]
    fn nobody_is_sent_to_what_may_be_left_out_until_it_was_started() {
        let mut stages = known([true, false, false, false]);
        stages[1].optional = true;
        assert_eq!(stand(&stages, false, false).stages, [Completed, Pending, Active, Pending]);
        stages[1].started = true;
        assert_eq!(stand(&stages, false, false).stages, [Completed, Active, Active, Pending]);
        stages[1].started = false;
        stages[2].done = true;
        assert_eq!(stand(&stages, false, false).stages, [Completed, Skipped, Completed, Active]);
    }

    #[test]
    fn what_was_called_off_is_not_waited_for() {
        let mut stages = known([true, false, false, false]);
        stages[1].called_off = Some(Cancelled);
        assert_eq!(stand(&stages, false, false).stages, [Completed, Cancelled, Active, Pending]);
    }
}
