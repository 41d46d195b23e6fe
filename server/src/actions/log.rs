//! Entries of an action's timeline.

use px360_domain::actions::ActionLogKind;
use px360_domain::ids::{SurveyId, UserId};
use px360_domain::surveys::TriggeredRule;

/// An entry to be; what does not apply stays empty.
#[derive(Clone, Debug)]
pub(super) struct NewLogEntry {
    pub(super) kind: ActionLogKind,
    pub(super) text: Option<String>,
    pub(super) level: Option<u8>,
    pub(super) towards: Option<UserId>,
    pub(super) agreed: Option<bool>,
    /// In whose place somebody acts, or is told.
    pub(super) in_place_of: Option<UserId>,
    /// The survey of a complaint that came again, and its answers that fired rules.
    pub(super) survey: Option<(SurveyId, Vec<TriggeredRule>)>,
}

impl NewLogEntry {
    /// An entry of this kind with nothing else.
    pub(super) fn of(kind: ActionLogKind) -> Self {
        Self {
            kind,
            text: None,
            level: None,
            towards: None,
            agreed: None,
            in_place_of: None,
            survey: None,
        }
    }
}
