//! The ladder that an overdue action climbs.

use chrono::{DateTime, Utc};

use super::{ActionStatus, Clock};

closed_enum! {
    /// Who is told at a step of the ladder.
    pub enum Rung {
        /// Level 1: the manager of the department.
        DepartmentManager => "department_manager",
        /// Level 2: the admin of the hospital.
        HospitalAdmin => "hospital_admin",
        /// Level 3: the admin of the group.
        PxAdmin => "px_admin",
    }
}

/// The highest level of the ladder.
pub const LEVEL_MAX: u8 = 3;

/// Who is told at this level, from 1 to [`LEVEL_MAX`].
pub const fn rung(level: u8) -> Option<Rung> {
    match level {
        1 => Some(Rung::DepartmentManager),
        2 => Some(Rung::HospitalAdmin),
        3 => Some(Rung::PxAdmin),
        _ => None,
    }
}

/// The clock that runs in this state: the response clock until work starts, then the other one.
///
/// Waiting for approval keeps the resolution clock running: a deadline that approvers can stop is
/// no deadline for the patient.
pub const fn running_clock(status: ActionStatus) -> Option<Clock> {
    match status {
        ActionStatus::Open => Some(Clock::Response),
        ActionStatus::InProgress | ActionStatus::PendingApproval => Some(Clock::Resolution),
        ActionStatus::Closed => None,
    }
}

/// The deadline of the clock that runs, if one runs.
pub const fn due_at(
    status: ActionStatus,
    response_due_at: DateTime<Utc>,
    resolution_due_at: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    match running_clock(status) {
        Some(Clock::Response) => Some(response_due_at),
        Some(Clock::Resolution) => Some(resolution_due_at),
        None => None,
    }
}
