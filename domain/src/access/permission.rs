//! Everything that can be allowed.

closed_enum! {
    /// One act that the policy allows or refuses.
    pub enum Permission {
        /// See actions in lists and one by one.
        ActionRead => "action.read",
        /// Start an action, add a note, ask for its closing.
        ActionWork => "action.work",
        /// Approve or reject the closing of a severe action.
        ActionApprove => "action.approve",
        /// Escalate what is overdue (the clockwork).
        ActionEscalate => "action.escalate",
        /// See a patient's name and phone in full.
        PatientIdentify => "patient.identify",
        /// See the command center and other aggregates.
        DashboardRead => "dashboard.read",
        /// Send events as a source.
        EventSend => "event.send",
        /// See what events did.
        EventRead => "event.read",
        /// Run an event once more.
        EventReplay => "event.replay",
        /// Apply stored events (the clockwork).
        EventProcess => "event.process",
        /// Answer the survey that one was invited to.
        SurveyAnswer => "survey.answer",
        /// Send what is due (the clockwork).
        NotificationDeliver => "notification.deliver",
        /// Sign in, sign out, renew a token: open to everybody, audited.
        SignIn => "account.sign_in",
        /// Read the audit log.
        AuditRead => "audit.read",
        /// Offer saved views of lists to others.
        ViewShare => "view.share",
        /// Look at one's own account.
        ProfileRead => "account.profile_read",
        /// Set the system up: roles, first user, demo data (commands of the operator).
        SystemSetUp => "system.set_up",
    }
}
