//! The closed words about templates, as people read them.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::changes::ChangeKind;
use px360_domain::journeys::template::{FindingCode, StagePart, TallyKind, TemplateState};
use px360_domain::journeys::{Attribution, Operator, PatientClass, Subject, TriggerEffect};

use crate::ui::badge::{Badge, Tone};

/// Where a version stands, as a badge.
pub(super) fn state_badge(locale: Locale, state: TemplateState) -> AnyView {
    let (tone, icon, label) = match state {
        TemplateState::Draft => (Tone::Warn, "pencil", text!(locale, journeys.state_draft)),
        TemplateState::Published => {
            (Tone::Ok, "circle-check", text!(locale, journeys.state_published))
        }
        TemplateState::Retired => (Tone::Mute, "minus", text!(locale, journeys.state_retired)),
    };
    view! { <Badge tone=tone icon=icon label=label/> }.into_any()
}

/// Which version this is.
pub(crate) fn version_line(locale: Locale, version: i32) -> String {
    text!(locale, journeys.version, number = version).to_string()
}

/// What a rule does to its stage.
pub(super) fn effect(locale: Locale, effect: TriggerEffect) -> &'static str {
    match effect {
        TriggerEffect::Start => text!(locale, journeys.effect_start),
        TriggerEffect::Complete => text!(locale, journeys.effect_complete),
        TriggerEffect::Skip => text!(locale, journeys.effect_skip),
        TriggerEffect::Cancel => text!(locale, journeys.effect_cancel),
    }
}

/// What of a message a condition looks at.
pub(super) fn subject(locale: Locale, subject: Subject) -> &'static str {
    match subject {
        Subject::Class => text!(locale, journeys.subject_class),
        Subject::Department => text!(locale, journeys.subject_department),
        Subject::Field => text!(locale, journeys.subject_field),
    }
}

/// How a condition compares.
pub(super) fn operator(locale: Locale, operator: Operator) -> &'static str {
    match operator {
        Operator::IsOneOf => text!(locale, journeys.operator_is_one_of),
        Operator::IsNoneOf => text!(locale, journeys.operator_is_none_of),
        Operator::IsPresent => text!(locale, journeys.operator_is_present),
        Operator::IsAbsent => text!(locale, journeys.operator_is_absent),
    }
}

/// What kind of patient.
pub(super) fn class(locale: Locale, class: PatientClass) -> &'static str {
    match class {
        PatientClass::Emergency => text!(locale, journeys.class_emergency),
        PatientClass::Inpatient => text!(locale, journeys.class_inpatient),
        PatientClass::Outpatient => text!(locale, journeys.class_outpatient),
        PatientClass::Preadmit => text!(locale, journeys.class_preadmit),
        PatientClass::Recurring => text!(locale, journeys.class_recurring),
        PatientClass::Obstetrics => text!(locale, journeys.class_obstetrics),
    }
}

/// Whom a survey is about.
pub(super) fn attribution(locale: Locale, attribution: Attribution) -> &'static str {
    match attribution {
        Attribution::Stage => text!(locale, journeys.attribution_stage),
        Attribution::Attending => text!(locale, journeys.attribution_attending),
        Attribution::Place => text!(locale, journeys.attribution_place),
    }
}

/// What is the matter, and what to do about it.
pub(super) fn finding(locale: Locale, code: FindingCode) -> &'static str {
    match code {
        FindingCode::Name => text!(locale, journeys.finding_name),
        FindingCode::Code => text!(locale, journeys.finding_code),
        FindingCode::CodeTwice => text!(locale, journeys.finding_code_twice),
        FindingCode::Stages => text!(locale, journeys.finding_stages),
        FindingCode::NothingOpens => text!(locale, journeys.finding_nothing_opens),
        FindingCode::NoEventCodes => text!(locale, journeys.finding_no_event_codes),
        FindingCode::Condition => text!(locale, journeys.finding_condition),
        FindingCode::Triggers => text!(locale, journeys.finding_triggers),
        FindingCode::Minutes => text!(locale, journeys.finding_minutes),
        FindingCode::Survey => text!(locale, journeys.finding_survey),
        FindingCode::NeverCompletes => text!(locale, journeys.finding_never_completes),
        FindingCode::SameCode => text!(locale, journeys.finding_same_code),
        FindingCode::NothingCloses => text!(locale, journeys.finding_nothing_closes),
        FindingCode::NobodyAsked => text!(locale, journeys.finding_nobody_asked),
    }
}

/// What became of a stage between two versions.
pub(crate) fn change_badge(locale: Locale, kind: ChangeKind) -> AnyView {
    let (tone, icon, label) = match kind {
        ChangeKind::Added => (Tone::Ok, "plus", text!(locale, journeys.change_added)),
        ChangeKind::Removed => (Tone::Bad, "minus", text!(locale, journeys.change_removed)),
        ChangeKind::Moved => (Tone::Info, "arrow-up-down", text!(locale, journeys.change_moved)),
        ChangeKind::Changed => (Tone::Warn, "pencil", text!(locale, journeys.change_changed)),
    };
    view! { <Badge tone=tone icon=icon label=label/> }.into_any()
}

/// Which part says something else.
pub(super) fn part(locale: Locale, part: StagePart) -> &'static str {
    match part {
        StagePart::Name => text!(locale, journeys.part_name),
        StagePart::Course => text!(locale, journeys.part_course),
        StagePart::Rules => text!(locale, journeys.part_rules),
        StagePart::Needs => text!(locale, journeys.part_needs),
        StagePart::Dwell => text!(locale, journeys.part_dwell),
        StagePart::Survey => text!(locale, journeys.part_survey),
        StagePart::Closing => text!(locale, journeys.part_closing),
    }
}

/// What of a replay is counted.
pub(super) fn tally(locale: Locale, kind: TallyKind) -> &'static str {
    match kind {
        TallyKind::Journeys => text!(locale, journeys.tally_journeys),
        TallyKind::Stage => text!(locale, journeys.tally_stage),
        TallyKind::Surveys => text!(locale, journeys.tally_surveys),
        TallyKind::Effective => text!(locale, journeys.tally_effective),
        TallyKind::Ignored => text!(locale, journeys.tally_ignored),
        TallyKind::Parked => text!(locale, journeys.tally_parked),
    }
}
