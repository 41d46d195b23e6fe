//! Whether a message may go now. Pure; asked at the moment of sending, because much can happen to a
//! patient between a visit and its invitation.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Timelike as _, Utc};
use px360_domain::accounts::StaffMails;
use px360_domain::dates::in_riyadh;
use px360_domain::notifications::{Channel, SuppressionReason};
use px360_domain::organizations::Consent;
use px360_domain::surveys::SurveyStatus;

use super::route::Route;
use crate::dates::of_day;

/// The ninth month of the Hijri year.
const RAMADAN: u8 = 9;

/// Local times between which patients get messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageHours {
    /// Minutes after midnight in Riyadh, 0 to 1439.
    pub from_minute: u16,
    /// Minutes after midnight in Riyadh, up to 1440, itself no longer allowed.
    pub to_minute: u16,
}

impl MessageHours {
    /// The part of these that lies within others, if there is any.
    fn within(self, other: Self) -> Option<Self> {
        let from_minute = self.from_minute.max(other.from_minute);
        let to_minute = self.to_minute.min(other.to_minute);
        (from_minute < to_minute).then_some(Self { from_minute, to_minute })
    }
}

/// When a hospital sends messages to a patient: as usual, and in Ramadan. None means at any time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuietHours {
    /// On most days.
    pub usual: Option<MessageHours>,
    /// In Ramadan; as usual when absent.
    pub ramadan: Option<MessageHours>,
    /// When the patient wants them, within the hospital's hours; on a day on which no such hour is left, those count.
    pub wish: Option<MessageHours>,
}

impl QuietHours {
    /// When the next message may go; none when one may go now. Hours are those of their own day: on the eve of Ramadan
    /// a message waits for the first hour of Ramadan.
    pub fn opening(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let local = in_riyadh(now);
        let today = local.date();
        let minute = i64::from(local.hour() * 60 + local.minute());
        // A day without hours ends the search; two days are always enough, because hours are of every day.
        for later in 0..=2_i64 {
            let day = today + TimeDelta::days(later);
            let Some(hours) = self.of(day) else {
                return (later > 0).then(|| at_minute(now, later, 0));
            };
            let (from, to) = (i64::from(hours.from_minute), i64::from(hours.to_minute));
            if later > 0 || minute < from {
                return Some(at_minute(now, later, from));
            }
            if minute < to {
                return None;
            }
        }
        None
    }

    fn of(self, day: NaiveDate) -> Option<MessageHours> {
        let house = self.ramadan.filter(|_| is_ramadan(day)).or(self.usual);
        match (house, self.wish) {
            (Some(house), Some(wish)) => wish.within(house).or(Some(house)),
            (house, wish) => house.or(wish),
        }
    }
}

/// The instant of this minute, so many days after today in Riyadh, which knows no summer time.
fn at_minute(now: DateTime<Utc>, later: i64, minute: i64) -> DateTime<Utc> {
    let local = in_riyadh(now);
    let since_midnight = local.time().signed_duration_since(NaiveTime::MIN);
    now - since_midnight + TimeDelta::days(later) + TimeDelta::minutes(minute)
}

/// Whether this day is in Ramadan by the Umm al-Qura calendar; the sighting of the moon may move it by a day.
fn is_ramadan(day: NaiveDate) -> bool {
    of_day(day).is_ok_and(|hijri| hijri.month == RAMADAN)
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
    /// The patient stopped messages themselves.
    pub opted_out: bool,
    /// Whether the patient agreed to be asked.
    pub consent: Consent,
    /// Whether the hospital wants that agreement before it asks.
    pub consent_required: bool,
    /// When the hospital sends messages to patients.
    pub hours: QuietHours,
    /// It only reminds of one that was sent before.
    pub reminds: bool,
    /// A quota would end the survey as soon as it is opened.
    pub unwanted: bool,
    /// Whether a fatigue rule says that this patient, or this phone, was asked often enough.
    pub tired: bool,
}

/// How a member of the staff wants to be told of such a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Staff {
    /// By a mail at once, in the daily one, or by none.
    pub mails: StaffMails,
    /// They want no mails for now.
    pub snoozes: bool,
    /// A critical action is theirs to work on: it waits for no morning.
    pub urgent: bool,
}

/// Between these hours staff get mails: from seven to ten at night. Their inbox has everything at once.
const WAKING: MessageHours = MessageHours { from_minute: 7 * 60, to_minute: 22 * 60 };

impl Staff {
    /// Why no mail goes now, or until when it waits.
    fn instead(self, now: DateTime<Utc>) -> Option<Decision> {
        match self.mails {
            StaffMails::InboxOnly => Some(Decision::Suppress(SuppressionReason::InboxOnly)),
            StaffMails::Daily => Some(Decision::Suppress(SuppressionReason::InDigest)),
            StaffMails::AtOnce if self.urgent => None,
            StaffMails::AtOnce if self.snoozes => {
                Some(Decision::Suppress(SuppressionReason::InDigest))
            }
            StaffMails::AtOnce => {
                let hours = QuietHours { usual: Some(WAKING), ..QuietHours::default() };
                hours.opening(now).map(Decision::Defer)
            }
        }
    }
}

/// What is known, at this moment, of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// This moment.
    pub now: DateTime<Utc>,
    /// Of invitations; messages to staff have none.
    pub invitation: Option<Invitation>,
    /// Of messages to staff; what somebody asked for has none and goes at any time.
    pub staff: Option<Staff>,
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
pub fn decide(facts: &Facts) -> Decision {
    if let Some(invitation) = &facts.invitation {
        if facts.tried && !invitation.reminds && has_answers(invitation.status) {
            return Decision::Arrived;
        }
        if let Some(reason) = invitation.refusal(facts.now) {
            return Decision::Suppress(reason);
        }
    }
    if let Some(instead) = facts.staff.and_then(|staff| staff.instead(facts.now)) {
        return instead;
    }
    let channel = match facts.route {
        Route::To { channel, .. } => channel,
        Route::Unreachable => return Decision::Suppress(SuppressionReason::NoChannel),
        Route::Exhausted => return Decision::GiveUp,
    };
    if let Some(invitation) = &facts.invitation {
        if let Some(opening) = invitation.hours.opening(facts.now) {
            return Decision::Defer(opening);
        }
        if invitation.tired {
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
        } else if self.opted_out {
            Some(SuppressionReason::OptedOut)
        } else if !agreed {
            Some(SuppressionReason::NoConsent)
        } else if self.expires_at <= now || self.status == SurveyStatus::Expired {
            Some(SuppressionReason::Expired)
        } else if has_answers(self.status) {
            Some(SuppressionReason::Answered)
        } else if self.unwanted {
            Some(SuppressionReason::QuotaFull)
        } else {
            None
        }
    }
}

/// Whoever answers has the link already.
const fn has_answers(status: SurveyStatus) -> bool {
    matches!(status, SurveyStatus::Started | SurveyStatus::Completed | SurveyStatus::ScreenedOut)
}
