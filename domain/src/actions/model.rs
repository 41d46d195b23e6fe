//! The closed words about actions.

closed_enum! {
    /// How bad it is. Orders from low to critical.
    pub enum Severity {
        /// Can wait for a quiet day.
        Low => "low",
        /// A plain bad answer.
        Medium => "medium",
        /// A patient who was badly let down.
        High => "high",
        /// Harm, or the threat of it.
        Critical => "critical",
    }
}

impl Severity {
    /// Whether closing needs another person's approval.
    pub const fn needs_approval(self) -> bool {
        matches!(self, Self::High | Self::Critical)
    }
}

closed_enum! {
    /// Who owns an action that an answer opened; where nobody holds that post, the next one does.
    #[derive(Default)]
    pub enum ActionOwner {
        /// What is severe goes to the department's manager, the rest to a coordinator.
        #[default]
        BySeverity => "by_severity",
        /// The manager of the department, or of the nearest one above it.
        DepartmentManager => "department_manager",
        /// The hospital's coordinator with the fewest live actions.
        PxCoordinator => "px_coordinator",
        /// The hospital's admin with the fewest live actions.
        HospitalAdmin => "hospital_admin",
    }
}

closed_enum! {
    /// Where an action stands.
    pub enum ActionStatus {
        /// Nobody has started.
        Open => "open",
        /// Somebody works on it.
        InProgress => "in_progress",
        /// The owner is done; an approver has to agree.
        PendingApproval => "pending_approval",
        /// Solved.
        Closed => "closed",
    }
}

impl ActionStatus {
    /// Whether there is still something to do.
    pub const fn is_live(self) -> bool {
        !matches!(self, Self::Closed)
    }
}

closed_enum! {
    /// What caused an action.
    pub enum ActionKind {
        /// An answer at or below a rule's value.
        LowScore => "low_score",
        /// The patient asked to be called.
        Callback => "callback",
    }
}

closed_enum! {
    /// The order of a list of actions: the word in the address, with a minus for the other way round.
    pub enum ActionOrder {
        /// Nearest deadline first, those without one last.
        Due => "due",
        /// Those without a deadline first, nearest deadline last.
        DueLast => "-due",
        /// Mildest first.
        Severity => "severity",
        /// Most severe first.
        SeverityLast => "-severity",
        /// Oldest first.
        Opened => "opened",
        /// Newest first.
        OpenedLast => "-opened",
    }
}

impl ActionOrder {
    /// What is compared, without the direction.
    pub fn key(self) -> &'static str {
        self.as_str().trim_start_matches('-')
    }

    /// Whether the largest comes first.
    pub fn is_descending(self) -> bool {
        self.as_str().starts_with('-')
    }
}

closed_enum! {
    /// One kind of entry on an action's timeline.
    pub enum ActionLogKind {
        /// It was opened.
        Opened => "opened",
        /// Work began: the response clock stops.
        Started => "started",
        /// Somebody wrote a note.
        Noted => "noted",
        /// The owner asked for closing.
        ApprovalRequested => "approval_requested",
        /// An approver sent it back.
        Rejected => "rejected",
        /// It was closed.
        Closed => "closed",
        /// It moved up the ladder.
        Escalated => "escalated",
        /// The patient agreed to be called, or did not.
        CallbackAnswered => "callback_answered",
        /// The patient answered badly again; no second action was opened.
        Repeated => "repeated",
    }
}

closed_enum! {
    /// Which clock of an action a deadline belongs to.
    pub enum Clock {
        /// Until somebody starts.
        Response => "response",
        /// Until it is solved.
        Resolution => "resolution",
    }
}
