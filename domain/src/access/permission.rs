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
        /// See who one patient is for a while, for a reason that is remembered.
        PatientBreakGlass => "patient.break_glass",
        /// See the command center and other aggregates.
        DashboardRead => "dashboard.read",
        /// Send events as a source.
        EventSend => "event.send",
        /// See what events did.
        EventRead => "event.read",
        /// Run an event once more.
        EventReplay => "event.replay",
        /// Say what a source's own codes stand for.
        MappingWrite => "mapping.write",
        /// See systems that send events, and how they do.
        SourceRead => "source.read",
        /// Make and change systems that send events, and give them keys.
        SourceWrite => "source.write",
        /// See journeys, who is where, and what journeys should be.
        JourneyRead => "journey.read",
        /// Write, publish and retire journey templates.
        JourneyTemplateWrite => "journey_template.write",
        /// See surveys, what they ask, and what was answered.
        SurveyRead => "survey.read",
        /// Enter the answers of patients for them.
        SurveyEnter => "survey.enter",
        /// Make and stop posters that ask visitors of a place.
        SurveyPosterWrite => "survey_poster.write",
        /// Begin the survey of a poster that somebody read (the clockwork, for whoever it was).
        SurveyPosterRead => "survey_poster.read",
        /// Write, publish and retire surveys.
        SurveyTemplateWrite => "survey_template.write",
        /// Apply stored events (the clockwork).
        EventProcess => "event.process",
        /// Answer the survey that one was invited to.
        SurveyAnswer => "survey.answer",
        /// See what became of messages to patients.
        NotificationRead => "notification.read",
        /// Say how often patients are asked.
        FatigueRuleWrite => "fatigue_rule.write",
        /// Stop messages to patients, and let them go on.
        DeliveryPause => "delivery.pause",
        /// Send what is due (the clockwork).
        NotificationDeliver => "notification.deliver",
        /// Sign in, sign out, renew a token: open to everybody, audited.
        SignIn => "account.sign_in",
        /// Read the audit log.
        AuditRead => "audit.read",
        /// Offer saved views of lists to others.
        ViewShare => "view.share",
        /// See hospitals in lists and one by one.
        HospitalRead => "hospital.read",
        /// Make, change and remove hospitals.
        HospitalWrite => "hospital.write",
        /// See departments in lists and one by one.
        DepartmentRead => "department.read",
        /// Make, change, move and remove departments.
        DepartmentWrite => "department.write",
        /// See physicians in lists and one by one.
        PhysicianRead => "physician.read",
        /// Make, change and remove physicians.
        PhysicianWrite => "physician.write",
        /// See employees in lists and one by one.
        EmployeeRead => "employee.read",
        /// Make, change and remove employees.
        EmployeeWrite => "employee.write",
        /// See patients; who they are, only with `patient.identify`.
        PatientRead => "patient.read",
        /// Make, change and remove patients.
        PatientWrite => "patient.write",
        /// See users and their roles.
        UserRead => "user.read",
        /// Make, change and disable users.
        UserWrite => "user.write",
        /// Look at one's own account.
        ProfileRead => "account.profile_read",
        /// Change one's own account: details, password, second factor, sessions.
        ProfileWrite => "account.profile_write",
        /// Give roles below one's own, and take them away.
        RoleGrant => "role.grant",
        /// Reset somebody's password or second factor.
        UserSecure => "user.secure",
        /// Read files of records (the clockwork), as whoever sent them.
        ImportRun => "import.run",
        /// Set the system up: roles, first user, demo data (commands of the operator).
        SystemSetUp => "system.set_up",
    }
}
