//! The one list of jobs.

/// A job that a unit of work, or the timetable, can wake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wake {
    /// Applies stored events.
    ProcessEvents,
    /// Sends what is due.
    DeliverNotifications,
    /// Queues the daily mails of staff.
    QueueDigests,
    /// Escalates what is overdue.
    EscalateOverdue,
    /// Reads files of records.
    RunImports,
    /// Ends surveys whose time ran out, and forgets dead sessions.
    SweepExpired,
    /// Keeps the root of the audit log, once a day.
    KeepAuditRoot,
    /// Looks after the systems that send.
    WatchSources,
}

impl Wake {
    /// Every job.
    pub const ALL: &'static [Self] = &[
        Self::ProcessEvents,
        Self::QueueDigests,
        Self::DeliverNotifications,
        Self::EscalateOverdue,
        Self::RunImports,
        Self::SweepExpired,
        Self::KeepAuditRoot,
        Self::WatchSources,
    ];

    /// The stored name. Old names are never given to other jobs.
    pub const fn identifier(self) -> &'static str {
        match self {
            Self::ProcessEvents => "integrations.process_events",
            Self::DeliverNotifications => "notifications.deliver",
            Self::QueueDigests => "notifications.queue_digests",
            Self::EscalateOverdue => "actions.escalate_overdue",
            Self::RunImports => "records.import",
            Self::SweepExpired => "surveys.sweep_expired",
            Self::KeepAuditRoot => "audit.keep_root",
            Self::WatchSources => "integrations.watch_sources",
        }
    }
}
