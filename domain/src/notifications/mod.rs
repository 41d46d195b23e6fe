//! Outbound messages: the closed words about them.
//!
//! Sending is in `px360-server`'s `notifications` and `gateways`.

mod contract;
mod log;
mod pauses;
mod receipts;
mod rules;
mod text_message;

pub use contract::*;
pub use log::*;
pub use pauses::*;
pub use receipts::*;
pub use rules::*;
pub use text_message::*;

closed_enum! {
    /// How a message travels.
    pub enum Channel {
        /// Text message.
        Sms => "sms",
        /// WhatsApp.
        Whatsapp => "whatsapp",
        /// E-mail.
        Email => "email",
    }
}

closed_enum! {
    /// The part of the day in which somebody wants to be written to.
    pub enum PreferredTime {
        /// From nine to noon.
        Morning => "morning",
        /// From noon to four.
        Afternoon => "afternoon",
        /// From four to nine.
        Evening => "evening",
    }
}

impl PreferredTime {
    /// From and until when, in minutes after midnight; the last one is no longer part of it.
    pub const fn minutes(self) -> (u16, u16) {
        match self {
            Self::Morning => (9 * 60, 12 * 60),
            Self::Afternoon => (12 * 60, 16 * 60),
            Self::Evening => (16 * 60, 21 * 60),
        }
    }
}

closed_enum! {
    /// What a message is about.
    pub enum NotificationKind {
        /// Asks a patient to answer a survey.
        SurveyInvitation => "survey_invitation",
        /// Reminds a patient of a survey that they have not begun.
        SurveyReminder => "survey_reminder",
        /// Shows whoever writes a survey how patients will get it.
        SurveyTest => "survey_test",
        /// Tells a member of staff that an action climbed the ladder.
        ActionEscalated => "action_escalated",
        /// Tells a member of staff that they own a new action.
        ActionAssigned => "action_assigned",
        /// Asks a member of staff to approve the closing of a severe action.
        ApprovalRequested => "approval_requested",
        /// Tells the owner that the closing was not approved.
        ClosingRejected => "closing_rejected",
        /// Tells whoever looks after sources that one has been silent for too long.
        SourceSilent => "source_silent",
        /// Tells them that too much of what one sends fails.
        SourceFailing => "source_failing",
        /// Tells a member of staff, once a day, how much they have not read.
        StaffDigest => "staff_digest",
    }
}

closed_enum! {
    /// Where one message stands.
    pub enum NotificationStatus {
        /// Waits for its time.
        Queued => "queued",
        /// A worker holds it; it may be on its way.
        Sending => "sending",
        /// The provider took it.
        Sent => "sent",
        /// The provider says that it arrived.
        Delivered => "delivered",
        /// The provider says that it was read.
        Read => "read",
        /// It was not sent, because a rule said so.
        Suppressed => "suppressed",
        /// Every attempt failed.
        Failed => "failed",
    }
}

closed_enum! {
    /// How far a message came, as its provider says.
    pub enum ReceiptStep {
        /// It left the provider.
        Sent => "sent",
        /// It arrived.
        Delivered => "delivered",
        /// It was read.
        Read => "read",
        /// It did not arrive and will not.
        Failed => "failed",
    }
}

closed_enum! {
    /// Why a message was not sent.
    pub enum SuppressionReason {
        /// No phone and no mail address.
        NoChannel => "no_channel",
        /// Consent was withdrawn, or was needed and never given.
        NoConsent => "no_consent",
        /// The patient stopped messages themselves.
        OptedOut => "opted_out",
        /// The patient must not be contacted.
        DoNotContact => "do_not_contact",
        /// The patient has died.
        Deceased => "deceased",
        /// The visit behind it was cancelled.
        Reversed => "reversed",
        /// Asked too recently.
        Fatigue => "fatigue",
        /// Too late to ask.
        Expired => "expired",
        /// The patient has begun already, or is done.
        Answered => "answered",
        /// Enough like this patient have answered: a quota would end the survey at once.
        QuotaFull => "quota_full",
        /// Whoever it is for wants one mail a day; it stands in their inbox.
        InDigest => "in_digest",
        /// Whoever it is for wants no mail about such things; it stands in their inbox.
        InboxOnly => "inbox_only",
    }
}

impl NotificationKind {
    /// What staff are told, and can choose how.
    pub const OF_STAFF: [Self; 6] = [
        Self::ActionAssigned,
        Self::ActionEscalated,
        Self::ApprovalRequested,
        Self::ClosingRejected,
        Self::SourceSilent,
        Self::SourceFailing,
    ];
}
