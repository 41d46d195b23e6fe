//! What became of messages to patients, as whoever looks after them reads it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Channel, NotificationKind, NotificationStatus, SuppressionReason};
use crate::compact::{instant, instant_option};
use crate::ids::{FatigueRuleId, NotificationId, SurveyTemplateId};
use crate::{Bilingual, Locale};

/// Which messages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeliveryFilter {
    /// Our code of the hospital.
    pub hospital: Option<String>,
    /// Where they stand.
    pub status: Option<NotificationStatus>,
    /// Why they were not sent.
    pub reason: Option<SuppressionReason>,
    /// The channel of the last attempt.
    pub channel: Option<Channel>,
    /// The survey that they invite to.
    pub template_id: Option<SurveyTemplateId>,
    /// How many, 1 to 200.
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// One attempt at a message, or that it was put off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryAttempt {
    /// Its number, from 1; 0 says that the message was put off.
    pub number: i32,
    /// How it went; none where nothing was sent.
    pub channel: Option<Channel>,
    /// Through whom.
    pub provider: Option<String>,
    /// Where to, with most of it hidden.
    pub address: Option<String>,
    /// In which language.
    pub language: Option<Locale>,
    /// What it said, with `{link}` in the place of the link.
    pub body: Option<String>,
    /// What became of it.
    pub status: String,
    /// Why.
    pub reason: Option<String>,
    /// What the other side said, in words of ours.
    pub error: Option<String>,
    /// How many parts of a text message it took.
    pub segments: Option<i16>,
    /// What the provider calls it.
    pub provider_message_id: Option<String>,
    /// When it began.
    #[serde(with = "instant")]
    pub at: DateTime<Utc>,
    /// When it ended.
    #[serde(with = "instant_option")]
    pub finished_at: Option<DateTime<Utc>>,
}

/// One message to a patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryRow {
    /// Which.
    pub id: NotificationId,
    /// An invitation, or a reminder of one.
    pub kind: NotificationKind,
    /// Whose patient.
    pub hospital: Bilingual,
    /// What the survey is called that it invites to. Not which one: its answers must not stand beside a phone.
    pub survey: Bilingual,
    /// Where it stands.
    pub status: NotificationStatus,
    /// Why it was not sent.
    pub reason: Option<SuppressionReason>,
    /// The fatigue rule that stopped it, if it is still there.
    pub fatigue_rule_id: Option<FatigueRuleId>,
    /// When it was asked for.
    #[serde(with = "instant")]
    pub created_at: DateTime<Utc>,
    /// Not before this instant.
    #[serde(with = "instant")]
    pub send_after: DateTime<Utc>,
    /// When a provider took it.
    #[serde(with = "instant_option")]
    pub sent_at: Option<DateTime<Utc>>,
    /// Every attempt, the first one first.
    pub attempts: Vec<DeliveryAttempt>,
}

/// One page of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryPage {
    /// The messages, the latest first.
    pub items: Vec<DeliveryRow>,
    /// Give back as `cursor` for the next page.
    pub next_cursor: Option<String>,
    /// What text messages cost of late.
    pub meter: TextMeter,
}

/// Text messages of the last 30 days within reach, whatever the filter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TextMeter {
    /// How many were handed over.
    pub messages: i64,
    /// How many parts they had together: 160 or 153 letters of GSM's alphabet, 70 or 67 of any other.
    pub segments: i64,
    /// What that costs by the contract, in halalas; none where no price is known.
    pub halalas: Option<i64>,
}
