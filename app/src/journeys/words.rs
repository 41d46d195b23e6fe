//! The closed words about journeys, as people read them: a word, a shape and a colour each.

use leptos::prelude::*;
use px360_domain::journeys::{JourneyStatus, JourneyType, StageStatus};
use px360_domain::surveys::SurveyStatus;
use px360_domain::{Bilingual, Locale};

use crate::ui::badge::{Badge, Tone};
use crate::ui::numbers::grouped;

/// Which kind of encounter.
pub(crate) fn journey_type(locale: Locale, kind: JourneyType) -> &'static str {
    match kind {
        JourneyType::Ems => text!(locale, journeys.type_ems),
        JourneyType::Inpatient => text!(locale, journeys.type_inpatient),
        JourneyType::Opd => text!(locale, journeys.type_opd),
    }
}

/// Where a journey stands.
pub(crate) fn journey_status(locale: Locale, status: JourneyStatus) -> &'static str {
    match status {
        JourneyStatus::Active => text!(locale, journeys.status_active),
        JourneyStatus::Completed => text!(locale, journeys.status_completed),
        JourneyStatus::Cancelled => text!(locale, journeys.status_cancelled),
    }
}

/// Where a journey stands, as a badge.
pub(crate) fn journey_badge(locale: Locale, status: JourneyStatus) -> AnyView {
    let (tone, icon) = match status {
        JourneyStatus::Active => (Tone::Brand, "circle-dot"),
        JourneyStatus::Completed => (Tone::Ok, "circle-check"),
        JourneyStatus::Cancelled => (Tone::Mute, "x"),
    };
    view! { <Badge tone=tone icon=icon label=journey_status(locale, status)/> }.into_any()
}

/// Where a stage stands.
pub(crate) fn stage_status(locale: Locale, status: StageStatus) -> &'static str {
    match status {
        StageStatus::Pending => text!(locale, journeys.stage_pending),
        StageStatus::Active => text!(locale, journeys.stage_active),
        StageStatus::Completed => text!(locale, journeys.stage_completed),
        StageStatus::Skipped => text!(locale, journeys.stage_skipped),
        StageStatus::Cancelled => text!(locale, journeys.stage_cancelled),
        StageStatus::Reversed => text!(locale, journeys.stage_reversed),
    }
}

/// The colour and the shape of where a stage stands.
pub(crate) fn stage_look(status: StageStatus) -> (Tone, &'static str) {
    match status {
        StageStatus::Pending => (Tone::Mute, "circle"),
        StageStatus::Active => (Tone::Brand, "circle-dot"),
        StageStatus::Completed => (Tone::Ok, "circle-check"),
        StageStatus::Skipped => (Tone::Mute, "minus"),
        StageStatus::Cancelled => (Tone::Mute, "x"),
        StageStatus::Reversed => (Tone::Warn, "undo-2"),
    }
}

/// Where a stage stands, as a badge.
pub(crate) fn stage_badge(locale: Locale, status: StageStatus) -> AnyView {
    let (tone, icon) = stage_look(status);
    view! { <Badge tone=tone icon=icon label=stage_status(locale, status)/> }.into_any()
}

/// Where the survey of a stage stands.
pub(crate) fn survey_status(locale: Locale, status: SurveyStatus) -> &'static str {
    match status {
        SurveyStatus::Scheduled => text!(locale, journeys.survey_scheduled),
        SurveyStatus::Suppressed => text!(locale, journeys.survey_suppressed),
        SurveyStatus::Sent => text!(locale, journeys.survey_sent),
        SurveyStatus::Started => text!(locale, journeys.survey_started),
        SurveyStatus::Completed => text!(locale, journeys.survey_completed),
        SurveyStatus::ScreenedOut => text!(locale, journeys.survey_screened_out),
        SurveyStatus::Expired => text!(locale, journeys.survey_expired),
        SurveyStatus::Reversed => text!(locale, journeys.survey_reversed),
    }
}

/// Where the survey of a stage stands, as a badge.
pub(crate) fn survey_badge(locale: Locale, status: SurveyStatus) -> AnyView {
    let (tone, icon) = match status {
        SurveyStatus::Scheduled => (Tone::Mute, "clock"),
        SurveyStatus::Suppressed => (Tone::Warn, "minus"),
        SurveyStatus::Sent => (Tone::Info, "send"),
        SurveyStatus::Started => (Tone::Brand, "message-square-text"),
        SurveyStatus::Completed => (Tone::Ok, "circle-check"),
        SurveyStatus::ScreenedOut => (Tone::Mute, "minus"),
        SurveyStatus::Expired => (Tone::Mute, "x"),
        SurveyStatus::Reversed => (Tone::Mute, "undo-2"),
    };
    view! { <Badge tone=tone icon=icon label=survey_status(locale, status)/> }.into_any()
}

/// What waits longer than it should, in the words of its place.
pub(crate) fn late(words: &'static str) -> AnyView {
    view! { <Badge tone=Tone::Bad icon="octagon-alert" label=words/> }.into_any()
}

/// How many wait longer than they should; nothing where nobody does.
pub(crate) fn late_count(locale: Locale, count: i64) -> Option<AnyView> {
    (count > 0).then(|| {
        let shown = grouped(count);
        let words = text!(locale, journeys.overdue_count, count = count, shown = shown).to_string();
        view! { <Badge tone=Tone::Bad icon="octagon-alert" label=words/> }.into_any()
    })
}

/// How many patients.
pub(crate) fn patients(locale: Locale, count: i64) -> String {
    text!(locale, journeys.patients, count = count, shown = grouped(count)).to_string()
}

/// What somebody, a place or a stage is called, in its own direction.
pub(crate) fn name(locale: Locale, name: &Bilingual) -> AnyView {
    view! { <bdi dir="auto">{name.pick(locale).to_owned()}</bdi> }.into_any()
}
