//! The closed words about messages, as people read them.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::notifications::{Channel, NotificationStatus, SuppressionReason};

use crate::ui::badge::{Badge, Tone};

/// Why a message was not sent.
pub(crate) fn reason(locale: Locale, reason: SuppressionReason) -> &'static str {
    match reason {
        SuppressionReason::NoChannel => text!(locale, common.reason_no_channel),
        SuppressionReason::NoConsent => text!(locale, common.reason_no_consent),
        SuppressionReason::OptedOut => text!(locale, common.reason_opted_out),
        SuppressionReason::DoNotContact => text!(locale, common.reason_do_not_contact),
        SuppressionReason::Deceased => text!(locale, common.reason_deceased),
        SuppressionReason::Reversed => text!(locale, common.reason_reversed),
        SuppressionReason::Fatigue => text!(locale, common.reason_fatigue),
        SuppressionReason::Expired => text!(locale, common.reason_expired),
        SuppressionReason::Answered => text!(locale, common.reason_answered),
        SuppressionReason::QuotaFull => text!(locale, common.reason_quota_full),
        SuppressionReason::InboxOnly => text!(locale, common.reason_inbox_only),
        SuppressionReason::InDigest => text!(locale, common.reason_in_digest),
    }
}

/// How a message travels.
pub(super) fn channel(locale: Locale, channel: Channel) -> &'static str {
    match channel {
        Channel::Sms => text!(locale, surveys.channel_sms),
        Channel::Whatsapp => text!(locale, surveys.channel_whatsapp),
        Channel::Email => text!(locale, surveys.channel_email),
    }
}

/// Where a message stands.
pub(super) fn status(locale: Locale, status: NotificationStatus) -> &'static str {
    match status {
        NotificationStatus::Queued => text!(locale, surveys.message_queued),
        NotificationStatus::Sending => text!(locale, surveys.message_sending),
        NotificationStatus::Sent => text!(locale, surveys.message_sent),
        NotificationStatus::Delivered => text!(locale, surveys.message_delivered),
        NotificationStatus::Read => text!(locale, surveys.message_read),
        NotificationStatus::Suppressed => text!(locale, surveys.message_suppressed),
        NotificationStatus::Failed => text!(locale, surveys.message_failed),
    }
}

/// The same as a badge.
pub(super) fn status_badge(locale: Locale, state: NotificationStatus) -> AnyView {
    let (tone, icon) = match state {
        NotificationStatus::Queued => (Tone::Info, "clock"),
        NotificationStatus::Sending => (Tone::Brand, "circle-dot"),
        NotificationStatus::Sent => (Tone::Info, "send"),
        NotificationStatus::Delivered | NotificationStatus::Read => (Tone::Ok, "circle-check"),
        NotificationStatus::Suppressed => (Tone::Warn, "triangle-alert"),
        NotificationStatus::Failed => (Tone::Bad, "octagon-alert"),
    };
    view! { <Badge tone=tone icon=icon label=status(locale, state)/> }.into_any()
}

/// What became of an attempt, by the word of the log.
pub(super) fn attempt(locale: Locale, word: &str) -> &'static str {
    match word {
        "sending" => text!(locale, surveys.message_sending),
        "sent" => text!(locale, surveys.message_sent),
        "delivered" => text!(locale, surveys.message_delivered),
        "read" => text!(locale, surveys.message_read),
        "bounced" => text!(locale, surveys.attempt_bounced),
        "suppressed" => text!(locale, surveys.message_suppressed),
        "deferred" => text!(locale, surveys.attempt_deferred),
        "failed" => text!(locale, surveys.attempt_failed),
        _ => text!(locale, surveys.attempt_unknown),
    }
}
