//! Whether a message may go now. Pure; asked at the moment of sending, because much can happen to a
//! patient between a visit and its invitation.

use chrono::{DateTime, TimeDelta, Timelike as _, Utc};
use px360_domain::dates::in_riyadh;
use px360_domain::notifications::{Channel, SuppressionReason};
use px360_domain::organizations::Consent;
use px360_domain::surveys::SurveyStatus;

use super::route::Route;

/// The minutes of a day.
const DAY_MINUTES: i64 = 24 * 60;

/// How often one patient may be invited, by all hospitals of the group together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FatigueRule {
    /// The most invitations within the window.
    pub invitations_max: u32,
    /// A rolling window that ends now.
    pub window: TimeDelta,
}

impl FatigueRule {
    /// The house's policy: ten in thirty days. Wide on purpose, because an inpatient journey asks at
    /// several stages; without it a patient on dialysis would be asked at every visit.
    pub const DEFAULT: Self = Self { invitations_max: 10, window: TimeDelta::days(30) };
}

/// Local times between which patients get messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageHours {
    /// Minutes after midnight in Riyadh, 0 to 1439.
    pub from_minute: u16,
    /// Minutes after midnight in Riyadh, up to 1440, itself no longer allowed.
    pub to_minute: u16,
}

impl MessageHours {
    /// When the next message may go; none when one may go now.
    pub fn opening(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let local = in_riyadh(now);
        let minute = i64::from(local.hour() * 60 + local.minute());
        let (from, to) = (i64::from(self.from_minute), i64::from(self.to_minute));
        if (from..to).contains(&minute) {
            return None;
        }
        let wait = TimeDelta::minutes((from - minute).rem_euclid(DAY_MINUTES));
        let into_minute = TimeDelta::seconds(i64::from(local.second()))
            + TimeDelta::nanoseconds(i64::from(local.nanosecond()));
        Some(now + wait - into_minute)
    }
}

/// What is known, at this moment, of an invitation and the patient it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Where the survey stands.
    pub status: SurveyStatus,
    /// When the survey stops taking answers.
    pub expires_at: DateTime<Utc>,
    /// The patient has died.
    pub deceased: bool,
    /// The patient must not be contacted.
    pub do_not_contact: bool,
    /// Whether the patient agreed to be asked.
    pub consent: Consent,
    /// Whether the hospital wants that agreement before it asks.
    pub consent_required: bool,
    /// When the hospital sends messages to patients; none means at any time.
    pub hours: Option<MessageHours>,
    /// Other invitations of this patient within the window of the fatigue rule.
    pub invited_recently: u32,
}

/// What is known, at this moment, of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// This moment.
    pub now: DateTime<Utc>,
    /// Of invitations; messages to staff have none and go at any time.
    pub invitation: Option<Invitation>,
    /// How the recipient can be reached.
    pub route: Route,
    /// It was tried before, with whatever outcome.
    pub tried: bool,
}

/// What happens with a message now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It goes out.
    Send(Channel),
    /// It waits until then.
    Defer(DateTime<Utc>),
    /// It will not go, and here is the rule.
    Suppress(SuppressionReason),
    /// It needs not go again: the patient has answered, so an earlier attempt got through, even if
    /// the provider said otherwise or nothing.
    Arrived,
    /// Every channel has been tried often enough.
    GiveUp,
}

/// Decides. What ends a message comes before what only delays it, and the fatigue rule comes last:
/// a message that waits for the morning is counted in the morning.
pub fn decide(facts: &Facts, fatigue: FatigueRule) -> Decision {
    if let Some(invitation) = &facts.invitation {
        if facts.tried && has_answers(invitation.status) {
            return Decision::Arrived;
        }
        if let Some(reason) = invitation.refusal(facts.now) {
            return Decision::Suppress(reason);
        }
    }
    let channel = match facts.route {
        Route::To { channel, .. } => channel,
        Route::Unreachable => return Decision::Suppress(SuppressionReason::NoChannel),
        Route::Exhausted => return Decision::GiveUp,
    };
    if let Some(invitation) = &facts.invitation {
        if let Some(opening) = invitation.hours.and_then(|hours| hours.opening(facts.now)) {
            return Decision::Defer(opening);
        }
        if invitation.invited_recently >= fatigue.invitations_max {
            return Decision::Suppress(SuppressionReason::Fatigue);
        }
    }
    Decision::Send(channel)
}

impl Invitation {
    /// Why this patient is not asked at all.
    fn refusal(&self, now: DateTime<Utc>) -> Option<SuppressionReason> {
        let agreed = match self.consent {
            Consent::Given => true,
            Consent::NotAsked => !self.consent_required,
            Consent::Withdrawn => false,
        };
        if self.status == SurveyStatus::Reversed {
            Some(SuppressionReason::Reversed)
        } else if self.deceased {
            Some(SuppressionReason::Deceased)
        } else if self.do_not_contact {
            Some(SuppressionReason::DoNotContact)
        } else if !agreed {
            Some(SuppressionReason::NoConsent)
        } else if self.expires_at <= now
            || self.status == SurveyStatus::Expired
            || has_answers(self.status)
        {
            Some(SuppressionReason::Expired)
        } else {
            None
        }
    }
}

/// Whoever answers has the link already.
const fn has_answers(status: SurveyStatus) -> bool {
    matches!(status, SurveyStatus::Started | SurveyStatus::Completed)
}
