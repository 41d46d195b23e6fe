//! The closed words about messages of other systems, as people read them.

use chrono::{DateTime, SecondsFormat, Utc};
use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::integrations::{CodeKind, EventFormat, EventReason, EventStatus, SourceState};

use crate::ui::badge::{Badge, Tone};
use crate::ui::dates::date_time;

/// Where a message stands.
pub(crate) fn status(locale: Locale, status: EventStatus) -> &'static str {
    match status {
        EventStatus::Received => text!(locale, integrations.status_received),
        EventStatus::Processed => text!(locale, integrations.status_processed),
        EventStatus::Ignored => text!(locale, integrations.status_ignored),
        EventStatus::Parked => text!(locale, integrations.status_parked),
        EventStatus::Dead => text!(locale, integrations.status_dead),
        EventStatus::Rejected => text!(locale, integrations.status_rejected),
    }
}

/// Where a message stands, as a badge.
pub(crate) fn status_badge(locale: Locale, status: EventStatus) -> AnyView {
    let (tone, icon) = match status {
        EventStatus::Received => (Tone::Info, "inbox"),
        EventStatus::Processed => (Tone::Ok, "circle-check"),
        EventStatus::Ignored => (Tone::Mute, "minus"),
        EventStatus::Parked => (Tone::Warn, "clock"),
        EventStatus::Dead => (Tone::Bad, "octagon-alert"),
        EventStatus::Rejected => (Tone::Bad, "x"),
    };
    view! { <Badge tone=tone icon=icon label=self::status(locale, status)/> }.into_any()
}

/// Why a message waits or has no effect, in a few words.
pub(crate) fn reason(locale: Locale, reason: EventReason) -> &'static str {
    match reason {
        EventReason::UnknownEncounter => text!(locale, integrations.reason_unknown_encounter),
        EventReason::UnknownEventCode => text!(locale, integrations.reason_unknown_event_code),
        EventReason::UnknownDepartment => text!(locale, integrations.reason_unknown_department),
        EventReason::UnknownPhysician => text!(locale, integrations.reason_unknown_physician),
        EventReason::MissingDepartment => text!(locale, integrations.reason_missing_department),
        EventReason::MissingPhysician => text!(locale, integrations.reason_missing_physician),
        EventReason::StageAlreadyCompleted => text!(locale, integrations.reason_stage_completed),
        EventReason::VisitAlreadyEnded => text!(locale, integrations.reason_visit_ended),
        EventReason::VisitCancelled => text!(locale, integrations.reason_visit_cancelled),
        EventReason::NothingToUndo => text!(locale, integrations.reason_nothing_to_undo),
        EventReason::NoRuleApplies => text!(locale, integrations.reason_no_rule),
        EventReason::SaidBefore => text!(locale, integrations.reason_said_before),
        EventReason::LeftOut => text!(locale, integrations.reason_left_out),
    }
}

/// The same in sentences that say what to do about it.
pub(crate) fn advice(locale: Locale, reason: EventReason) -> &'static str {
    match reason {
        EventReason::UnknownEncounter => text!(locale, integrations.advice_unknown_encounter),
        EventReason::UnknownEventCode => text!(locale, integrations.advice_unknown_event_code),
        EventReason::UnknownDepartment => text!(locale, integrations.advice_unknown_department),
        EventReason::UnknownPhysician => text!(locale, integrations.advice_unknown_physician),
        EventReason::MissingDepartment => text!(locale, integrations.advice_missing_department),
        EventReason::MissingPhysician => text!(locale, integrations.advice_missing_physician),
        EventReason::StageAlreadyCompleted => text!(locale, integrations.advice_stage_completed),
        EventReason::VisitAlreadyEnded => text!(locale, integrations.advice_visit_ended),
        EventReason::VisitCancelled => text!(locale, integrations.advice_visit_cancelled),
        EventReason::NothingToUndo => text!(locale, integrations.advice_nothing_to_undo),
        EventReason::NoRuleApplies => text!(locale, integrations.advice_no_rule),
        EventReason::SaidBefore => text!(locale, integrations.advice_said_before),
        EventReason::LeftOut => text!(locale, integrations.advice_left_out),
    }
}

/// What to do about a message that stands there without a reason; nothing about what is done.
pub(super) fn advice_on_status(locale: Locale, status: EventStatus) -> Option<&'static str> {
    match status {
        EventStatus::Received => Some(text!(locale, integrations.advice_received)),
        EventStatus::Dead => Some(text!(locale, integrations.advice_dead)),
        EventStatus::Rejected => Some(text!(locale, integrations.advice_rejected)),
        EventStatus::Processed | EventStatus::Ignored | EventStatus::Parked => None,
    }
}

/// In which format a message came. Latin in either language: show it as a code.
pub(crate) fn format(locale: Locale, format: EventFormat) -> &'static str {
    match format {
        EventFormat::Json => text!(locale, integrations.format_json),
        EventFormat::Hl7v2 => text!(locale, integrations.format_hl7),
        EventFormat::Fhir => text!(locale, integrations.format_fhir),
    }
}

/// What kind of thing a code stands for.
pub(crate) fn kind(locale: Locale, kind: CodeKind) -> &'static str {
    match kind {
        CodeKind::Hospital => text!(locale, integrations.kind_hospital),
        CodeKind::Department => text!(locale, integrations.kind_department),
        CodeKind::Physician => text!(locale, integrations.kind_physician),
        CodeKind::Event => text!(locale, integrations.kind_event),
    }
}

/// How a system that sends does.
pub(crate) fn source_state(locale: Locale, state: SourceState) -> &'static str {
    match state {
        SourceState::Off => text!(locale, integrations.state_off),
        SourceState::New => text!(locale, integrations.state_new),
        SourceState::Well => text!(locale, integrations.state_well),
        SourceState::Silent => text!(locale, integrations.state_silent),
        SourceState::Failing => text!(locale, integrations.state_failing),
    }
}

/// How a system that sends does, as a badge.
pub(crate) fn source_badge(locale: Locale, state: SourceState) -> AnyView {
    let (tone, icon) = match state {
        SourceState::Off => (Tone::Mute, "lock"),
        SourceState::New => (Tone::Info, "circle"),
        SourceState::Well => (Tone::Ok, "circle-check"),
        SourceState::Silent => (Tone::Warn, "wifi-off"),
        SourceState::Failing => (Tone::Bad, "triangle-alert"),
    };
    view! { <Badge tone=tone icon=icon label=source_state(locale, state)/> }.into_any()
}

/// An instant in full: a log is also read years later.
pub(super) fn moment(locale: Locale, at: DateTime<Utc>) -> AnyView {
    let machine = at.to_rfc3339_opts(SecondsFormat::Secs, true);
    view! { <time datetime=machine>{date_time(locale, at)}</time> }.into_any()
}
