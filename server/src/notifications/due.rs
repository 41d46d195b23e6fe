//! One message that is due, with everything that the decision about it needs.

use chrono::{DateTime, NaiveDate, Utc};
use px360_domain::accounts::{MailsOf, StaffMails};
use px360_domain::actions::Severity;
use px360_domain::contact::{EmailAddress, PhoneNumber};
use px360_domain::dates::in_riyadh;
use px360_domain::ids::{
    ActionId, HospitalId, NotificationId, PatientId, SurveyId, SurveyVersionId,
};
use px360_domain::notifications::{Channel, NotificationKind, NotificationStatus, PreferredTime};
use px360_domain::organizations::{Consent, is_minor, masked_email, masked_phone};
use px360_domain::surveys::SurveyStatus;
use px360_domain::{Bilingual, Locale, paths};
use sqlx::types::Json;

use super::eligibility::{Invitation, MessageHours, QuietHours, Staff};
use super::render::Values;
use crate::ctx::Ctx;

/// One message that is due, locked, as the statement that locked it saw its surroundings.
pub(super) struct Due {
    pub(super) id: NotificationId,
    pub(super) hospital_id: HospitalId,
    pub(super) kind: NotificationKind,
    pub(super) status: NotificationStatus,
    pub(super) attempts: i32,
    pub(super) hospital_name_ar: String,
    pub(super) hospital_name_en: String,
    pub(super) consent_required: bool,
    pub(super) messages_from_minute: Option<i16>,
    pub(super) messages_to_minute: Option<i16>,
    pub(super) ramadan_from_minute: Option<i16>,
    pub(super) ramadan_to_minute: Option<i16>,
    pub(super) survey_id: Option<SurveyId>,
    pub(super) survey_version_id: Option<SurveyVersionId>,
    /// Whether the survey that it invites to counts quotas.
    pub(super) counts_quotas: bool,
    /// The words of the invitation to the survey, which may be none of its own.
    pub(super) invitation: Option<Json<Bilingual>>,
    pub(super) department_ar: Option<String>,
    pub(super) department_en: Option<String>,
    pub(super) physician_ar: Option<String>,
    pub(super) physician_en: Option<String>,
    pub(super) survey_status: Option<SurveyStatus>,
    pub(super) survey_language: Option<Locale>,
    pub(super) survey_expires_at: Option<DateTime<Utc>>,
    pub(super) patient_id: Option<PatientId>,
    pub(super) patient_language: Option<Locale>,
    pub(super) patient_mobile: Option<String>,
    pub(super) patient_birth_date: Option<NaiveDate>,
    /// Of whoever answers for a child.
    pub(super) guardian_mobile: Option<String>,
    /// The channel that the patient likes best.
    pub(super) preferred_channel: Option<Channel>,
    /// When the patient wants to be written to.
    pub(super) preferred_time: Option<PreferredTime>,
    pub(super) patient_email: Option<String>,
    pub(super) patient_consent: Option<Consent>,
    pub(super) patient_do_not_contact: Option<bool>,
    pub(super) patient_deceased: Option<bool>,
    /// Whether the patient stopped messages on every channel.
    pub(super) opted_out: bool,
    /// The channels on which they stopped them.
    pub(super) stopped_channels: Vec<String>,
    pub(super) user_language: Option<Locale>,
    /// None of somebody who left: what a hospital learns about its patients stays with its staff.
    pub(super) user_email: Option<String>,
    /// How often whoever of the staff it is for wants mails.
    pub(super) user_mails: Option<StaffMails>,
    /// Of which things they want them otherwise.
    pub(super) user_mails_of: Option<Json<MailsOf>>,
    /// Whether they want none for now.
    pub(super) user_snoozes: bool,
    pub(super) action_severity: Option<Severity>,
    /// How much they have not read: of digests.
    pub(super) unread: Option<i64>,
    pub(super) action_id: Option<ActionId>,
    pub(super) action_reference: Option<String>,
    pub(super) action_level: Option<i16>,
    pub(super) source_name: Option<String>,
}

/// Where a message can go.
pub(super) struct Destination {
    pub(super) channel: Channel,
    pub(super) address: String,
    /// What the log may hold of it.
    pub(super) masked: String,
}

impl Due {
    /// The invitation, with what quotas and fatigue rules say, and whether the patient stopped every way to them one by one,
    /// which is the same wish as to stop them all; none of messages to staff.
    pub(super) fn invitation(
        &self,
        (unwanted, tired): (bool, bool),
        every_way_stopped: bool,
    ) -> Option<Invitation> {
        Some(Invitation {
            status: self.survey_status?,
            expires_at: self.survey_expires_at?,
            deceased: self.patient_deceased?,
            do_not_contact: self.patient_do_not_contact?,
            opted_out: self.opted_out || every_way_stopped,
            consent: self.patient_consent?,
            consent_required: self.consent_required,
            hours: self.hours(),
            reminds: self.kind == NotificationKind::SurveyReminder,
            unwanted,
            tired,
        })
    }

    /// How a member of the staff wants to be told; none of messages to patients, and of what somebody asked for.
    pub(super) fn staff(&self) -> Option<Staff> {
        let asked_for =
            matches!(self.kind, NotificationKind::SurveyTest | NotificationKind::StaffDigest);
        let mails = self.user_mails.filter(|_| !asked_for)?;
        let of_kind = self.user_mails_of.as_ref().and_then(|of| of.get(&self.kind).copied());
        let works_now = matches!(
            self.kind,
            NotificationKind::ActionAssigned | NotificationKind::ActionEscalated
        );
        Some(Staff {
            mails: of_kind.unwrap_or(mails),
            snoozes: self.user_snoozes,
            urgent: works_now && self.action_severity == Some(Severity::Critical),
        })
    }

    fn hours(&self) -> QuietHours {
        let hours = |from: Option<i16>, to: Option<i16>| {
            Some(MessageHours {
                from_minute: u16::try_from(from?).ok()?,
                to_minute: u16::try_from(to?).ok()?,
            })
        };
        QuietHours {
            usual: hours(self.messages_from_minute, self.messages_to_minute),
            ramadan: hours(self.ramadan_from_minute, self.ramadan_to_minute),
            wish: self.preferred_time.map(|wish| {
                let (from_minute, to_minute) = wish.minutes();
                MessageHours { from_minute, to_minute }
            }),
        }
    }

    /// The phone that rings: a child's guardian's, where one is known.
    pub(super) fn phone(&self, now: DateTime<Utc>) -> Option<&str> {
        let guardian = self.guardian_mobile.as_deref().filter(|_| self.is_minor(now));
        guardian.or(self.patient_mobile.as_deref())
    }

    fn is_minor(&self, now: DateTime<Utc>) -> bool {
        self.patient_birth_date.is_some_and(|birth| is_minor(birth, in_riyadh(now).date()))
    }

    /// Every address, in the order in which channels are tried: the one that the patient likes best, then the usual
    /// order. Those of channels that they stopped come apart, behind the others. What cannot be parsed is none: it came
    /// from another system, and no gateway could do better with it.
    pub(super) fn destinations(
        &self,
        reachable: impl Iterator<Item = Channel>,
        now: DateTime<Utc>,
    ) -> (Vec<Destination>, Vec<Destination>) {
        let mobile = self.phone(now).and_then(|text| PhoneNumber::parse(text).ok());
        // A child's own mailbox is no guardian's.
        let email = self.patient_email.as_deref().filter(|_| !self.is_minor(now));
        let email = email.or(self.user_email.as_deref());
        let email = email.and_then(|text| EmailAddress::parse(text).ok());
        let address = |channel| match channel {
            Channel::Sms | Channel::Whatsapp => {
                mobile.as_ref().map(|it| (it.to_string(), masked_phone(it.as_str())))
            }
            Channel::Email => email.as_ref().map(|it| (it.to_string(), masked_email(it.as_str()))),
        };
        let mut channels: Vec<Channel> = reachable.collect();
        channels.sort_by_key(|channel| Some(*channel) != self.preferred_channel);
        channels
            .into_iter()
            .filter_map(|channel| {
                let (address, masked) = address(channel)?;
                Some(Destination { channel, address, masked })
            })
            .partition(|one| !self.stopped_channels.iter().any(|it| it == one.channel.as_str()))
    }

    /// The language that the recipient reads.
    pub(super) fn language(&self) -> Locale {
        self.survey_language.or(self.patient_language).or(self.user_language).unwrap_or(Locale::Ar)
    }

    /// Where the message leads. Made at this moment and never stored: a patient's link is as good as
    /// the patient's word.
    pub(super) fn link(&self, ctx: &Ctx) -> Option<String> {
        let deps = ctx.deps();
        let path = match self.kind {
            NotificationKind::SurveyInvitation | NotificationKind::SurveyReminder => {
                paths::survey(&deps.survey_tokens().sign(self.survey_id?))
            }
            NotificationKind::SurveyTest => {
                paths::survey_preview(self.language(), self.survey_version_id?, 1)
            }
            NotificationKind::StaffDigest => paths::notifications(self.language()),
            NotificationKind::ActionEscalated
            | NotificationKind::ActionAssigned
            | NotificationKind::ApprovalRequested
            | NotificationKind::ClosingRejected => paths::action(self.language(), self.action_id?),
            NotificationKind::SourceSilent | NotificationKind::SourceFailing => {
                paths::sources(self.language())
            }
        };
        Some(format!("{}{path}", deps.http().public_url))
    }

    /// What the text names.
    pub(super) fn values(&self) -> Values {
        let hospital = Bilingual::new(&self.hospital_name_ar, &self.hospital_name_en);
        let name = |ar: &Option<String>, en: &Option<String>| {
            let name = Bilingual::both(ar.clone(), en.clone())?;
            Some(name.pick(self.language()).to_owned())
        };
        let words = self.invitation.as_ref().map(|words| words.pick(self.language()));
        Values {
            hospital: hospital.pick(self.language()).to_owned(),
            department: name(&self.department_ar, &self.department_en),
            physician: name(&self.physician_ar, &self.physician_en),
            words: words.map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned),
            reference: self
                .action_reference
                .as_ref()
                .or(self.source_name.as_ref())
                .cloned()
                .unwrap_or_default(),
            level: self.action_level.map(|level| level.to_string()).unwrap_or_default(),
            count: self.unread.map(|unread| unread.to_string()).unwrap_or_default(),
        }
    }
}
