//! How an action moves, and who may move it. Pages ask the same functions what to offer.

use super::{ActionStatus, Severity};
use crate::Failure;
use crate::ids::UserId;

/// Starting is possible once.
///
/// # Errors
/// `Conflict` with code `action_not_open`.
pub fn start(status: ActionStatus) -> Result<ActionStatus, Failure> {
    match status {
        ActionStatus::Open => Ok(ActionStatus::InProgress),
        _ => Err(Failure::conflict("action_not_open")),
    }
}

/// Closing a severe action only asks for approval.
///
/// # Errors
/// `Conflict` with code `action_not_in_progress`.
pub fn close(status: ActionStatus, severity: Severity) -> Result<ActionStatus, Failure> {
    match status {
        ActionStatus::InProgress if severity.needs_approval() => Ok(ActionStatus::PendingApproval),
        ActionStatus::InProgress => Ok(ActionStatus::Closed),
        _ => Err(Failure::conflict("action_not_in_progress")),
    }
}

/// Whether this person may approve or reject: neither the owner nor whoever asked for the closing.
///
/// # Errors
/// `Conflict` with code `action_not_pending_approval` or `four_eyes`.
pub fn decide(
    status: ActionStatus,
    approver: UserId,
    owner: Option<UserId>,
    requested_by: Option<UserId>,
) -> Result<(), Failure> {
    if status != ActionStatus::PendingApproval {
        return Err(Failure::conflict("action_not_pending_approval"));
    }
    if owner == Some(approver) || requested_by == Some(approver) {
        return Err(Failure::conflict("four_eyes"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(n: u128) -> UserId {
        UserId(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn a_mild_action_closes_at_once_and_a_severe_one_waits_for_approval() {
        use ActionStatus as S;
        assert_eq!(close(S::InProgress, Severity::Medium), Ok(S::Closed));
        assert_eq!(close(S::InProgress, Severity::High), Ok(S::PendingApproval));
        assert_eq!(close(S::InProgress, Severity::Critical), Ok(S::PendingApproval));
    }

    #[test]
    fn nothing_but_an_open_action_starts_and_nothing_but_a_started_one_closes() {
        for status in ActionStatus::ALL {
            assert_eq!(start(*status).is_ok(), *status == ActionStatus::Open);
            let closes = close(*status, Severity::Low).is_ok();
            assert_eq!(closes, *status == ActionStatus::InProgress);
        }
    }

    #[test]
    fn neither_the_owner_nor_the_requester_approves() {
        let pending = ActionStatus::PendingApproval;
        let (owner, requester, other) = (person(1), person(2), person(3));
        for refused in [owner, requester] {
            assert_eq!(
                decide(pending, refused, Some(owner), Some(requester)),
                Err(Failure::conflict("four_eyes"))
            );
        }
        assert_eq!(decide(pending, other, Some(owner), Some(requester)), Ok(()));
    }
}
