//! The closed words about surveys, as people read them.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::actions::ActionOwner;
use px360_domain::surveys::AnswerMode;
use px360_domain::surveys::authoring::{QuestionPart, QuestionType, VersionState};
use px360_domain::surveys::logic::{Fact, LogicOperator, Operation};
use px360_domain::surveys::results::FigureKind;
use px360_domain::surveys::{Domain, MeasureAttribution, RatingLook, SurveyFindingCode};

use crate::ui::badge::{Badge, Tone};

/// A kind of question.
pub(super) fn type_name(locale: Locale, kind: QuestionType) -> &'static str {
    match kind {
        QuestionType::Nps => text!(locale, surveys.type_nps),
        QuestionType::Rating => text!(locale, surveys.type_rating),
        QuestionType::Csat => text!(locale, surveys.type_csat),
        QuestionType::Ces => text!(locale, surveys.type_ces),
        QuestionType::Single => text!(locale, surveys.type_single),
        QuestionType::Multiple => text!(locale, surveys.type_multiple),
        QuestionType::Ranking => text!(locale, surveys.type_ranking),
        QuestionType::Matrix => text!(locale, surveys.type_matrix),
        QuestionType::YesNo => text!(locale, surveys.type_yes_no),
        QuestionType::Text => text!(locale, surveys.type_text),
        QuestionType::Date => text!(locale, surveys.type_date),
        QuestionType::Statement => text!(locale, surveys.type_statement),
        QuestionType::Consent => text!(locale, surveys.type_consent),
        QuestionType::Contact => text!(locale, surveys.type_contact),
        QuestionType::File => text!(locale, surveys.type_file),
    }
}

/// The picture of a kind of question.
pub(super) const fn type_icon(kind: QuestionType) -> &'static str {
    match kind {
        QuestionType::Nps | QuestionType::Ces => "gauge",
        QuestionType::Rating | QuestionType::Csat => "star",
        QuestionType::Single | QuestionType::YesNo => "circle-dot",
        QuestionType::Multiple => "list-checks",
        QuestionType::Ranking => "arrow-up-down",
        QuestionType::Matrix => "rows-3",
        QuestionType::Text => "message-square-text",
        QuestionType::Date => "clock",
        QuestionType::Statement => "info",
        QuestionType::Consent => "check",
        QuestionType::Contact => "phone",
        QuestionType::File => "camera",
    }
}

/// Where a version stands.
pub(super) fn version_badge(locale: Locale, state: VersionState) -> AnyView {
    let (tone, icon, label) = match state {
        VersionState::Draft => (Tone::Info, "pencil", text!(locale, surveys.state_draft)),
        VersionState::Current => (Tone::Ok, "circle-check", text!(locale, surveys.state_current)),
        VersionState::Earlier => (Tone::Mute, "clock", text!(locale, surveys.state_earlier)),
    };
    view! { <Badge tone=tone icon=icon label=label/> }.into_any()
}

/// What the values of a rating look like.
pub(super) fn rating_look(locale: Locale, look: RatingLook) -> &'static str {
    match look {
        RatingLook::Numbers => text!(locale, surveys.look_numbers),
        RatingLook::Stars => text!(locale, surveys.look_stars),
        RatingLook::Faces => text!(locale, surveys.look_faces),
    }
}

/// What a question is about.
pub(super) fn domain(locale: Locale, domain: Domain) -> &'static str {
    match domain {
        Domain::Nursing => text!(locale, surveys.domain_nursing),
        Domain::Physicians => text!(locale, surveys.domain_physicians),
        Domain::Communication => text!(locale, surveys.domain_communication),
        Domain::Waiting => text!(locale, surveys.domain_waiting),
        Domain::Cleanliness => text!(locale, surveys.domain_cleanliness),
        Domain::Environment => text!(locale, surveys.domain_environment),
        Domain::Pain => text!(locale, surveys.domain_pain),
        Domain::Medicines => text!(locale, surveys.domain_medicines),
        Domain::Discharge => text!(locale, surveys.domain_discharge),
        Domain::Administration => text!(locale, surveys.domain_administration),
        Domain::Food => text!(locale, surveys.domain_food),
        Domain::Overall => text!(locale, surveys.domain_overall),
    }
}

/// Of whom answers speak.
pub(super) fn attribution(locale: Locale, attribution: MeasureAttribution) -> &'static str {
    match attribution {
        MeasureAttribution::Department => text!(locale, surveys.about_department),
        MeasureAttribution::Physician => text!(locale, surveys.about_physician),
        MeasureAttribution::Hospital => text!(locale, surveys.about_hospital),
    }
}

/// What is known before the first question.
pub(super) fn fact(locale: Locale, fact: Fact) -> &'static str {
    match fact {
        Fact::JourneyType => text!(locale, surveys.fact_journey_type),
        Fact::Department => text!(locale, surveys.fact_department),
        Fact::Stage => text!(locale, surveys.fact_stage),
        Fact::Language => text!(locale, surveys.fact_language),
        Fact::Mode => text!(locale, surveys.fact_mode),
    }
}

/// How two things are compared.
pub(super) fn operator(locale: Locale, operator: LogicOperator) -> &'static str {
    match operator {
        LogicOperator::IsOneOf => text!(locale, surveys.is_one_of),
        LogicOperator::IsNoneOf => text!(locale, surveys.is_none_of),
        LogicOperator::IncludesAll => text!(locale, surveys.includes_all),
        LogicOperator::Contains => text!(locale, surveys.contains),
        LogicOperator::LessThan => text!(locale, surveys.less_than),
        LogicOperator::AtMost => text!(locale, surveys.is_at_most),
        LogicOperator::AtLeast => text!(locale, surveys.is_at_least),
        LogicOperator::GreaterThan => text!(locale, surveys.greater_than),
        LogicOperator::IsAnswered => text!(locale, surveys.is_answered),
        LogicOperator::IsSkipped => text!(locale, surveys.is_skipped),
    }
}

/// How a variable changes.
pub(super) fn operation(locale: Locale, operation: Operation) -> &'static str {
    match operation {
        Operation::Assign => text!(locale, surveys.assign),
        Operation::Add => text!(locale, surveys.add),
        Operation::Subtract => text!(locale, surveys.subtract),
        Operation::Multiply => text!(locale, surveys.multiply),
        Operation::Divide => text!(locale, surveys.divide),
        Operation::Concat => text!(locale, surveys.concat),
    }
}

/// A language of the house, in the reader's own.
pub(super) fn language(locale: Locale, language: Locale) -> &'static str {
    match language {
        Locale::Ar => text!(locale, surveys.in_arabic),
        Locale::En => text!(locale, surveys.in_english),
    }
}

/// Which part of a question says something else.
pub(super) fn part(locale: Locale, part: QuestionPart) -> &'static str {
    match part {
        QuestionPart::Text => text!(locale, surveys.part_text),
        QuestionPart::Hint => text!(locale, surveys.part_hint),
        QuestionPart::Kind => text!(locale, surveys.part_kind),
        QuestionPart::Choices => text!(locale, surveys.part_choices),
        QuestionPart::Required => text!(locale, surveys.part_required),
        QuestionPart::Measure => text!(locale, surveys.part_measure),
        QuestionPart::Logic => text!(locale, surveys.logic),
        QuestionPart::Page => text!(locale, surveys.part_page),
        QuestionPart::Invitation => text!(locale, surveys.invitation),
        QuestionPart::Actions => text!(locale, surveys.action_rules),
        QuestionPart::Quotas => text!(locale, surveys.quotas),
        QuestionPart::Anonymous => text!(locale, surveys.anonymous_survey),
        QuestionPart::Reminders => text!(locale, surveys.reminders),
    }
}

/// What a figure says.
pub(super) fn figure_name(locale: Locale, kind: FigureKind) -> &'static str {
    match kind {
        FigureKind::TopBox => text!(locale, surveys.figure_top_box),
        FigureKind::Csat => text!(locale, surveys.figure_csat),
        FigureKind::Ces => text!(locale, surveys.figure_ces),
        FigureKind::Nps => text!(locale, surveys.figure_nps),
        FigureKind::Mean => text!(locale, surveys.figure_mean),
    }
}

/// What can be the matter with a survey.
pub(super) fn finding(locale: Locale, code: SurveyFindingCode) -> &'static str {
    use SurveyFindingCode as Code;
    match code {
        Code::Title => text!(locale, surveys.finding_title),
        Code::Questions => text!(locale, surveys.finding_questions),
        Code::Key => text!(locale, surveys.finding_key),
        Code::KeyTwice => text!(locale, surveys.finding_key_twice),
        Code::Untranslated => text!(locale, surveys.finding_untranslated),
        Code::Shape => text!(locale, surveys.finding_shape),
        Code::TopBox => text!(locale, surveys.finding_top_box),
        Code::Pages => text!(locale, surveys.finding_pages),
        Code::UnknownQuestion => text!(locale, surveys.finding_unknown_question),
        Code::LooksAhead => text!(locale, surveys.finding_looks_ahead),
        Code::UnknownChoice => text!(locale, surveys.finding_unknown_choice),
        Code::Comparison => text!(locale, surveys.finding_comparison),
        Code::UnknownVariable => text!(locale, surveys.finding_unknown_variable),
        Code::UnknownName => text!(locale, surveys.finding_unknown_name),
        Code::LongInvitation => text!(locale, surveys.finding_long_invitation),
        Code::LeadsBack => text!(locale, surveys.finding_leads_back),
        Code::Unreachable => text!(locale, surveys.finding_unreachable),
        Code::ActionRule => text!(locale, surveys.finding_action_rule),
        Code::Quota => text!(locale, surveys.finding_quota),
        Code::NotAnonymous => text!(locale, surveys.finding_not_anonymous),
        Code::Reminders => text!(locale, surveys.finding_reminders),
        Code::SamePage => text!(locale, surveys.finding_same_page),
        Code::SomePictures => text!(locale, surveys.finding_some_pictures),
        Code::LongText => text!(locale, surveys.finding_long_text),
        Code::ManyQuestions => text!(locale, surveys.finding_many_questions),
        Code::NothingScored => text!(locale, surveys.finding_nothing_scored),
    }
}

/// How answers reached us.
pub(super) fn mode(locale: Locale, mode: AnswerMode) -> &'static str {
    match mode {
        AnswerMode::Link => text!(locale, surveys.mode_link),
        AnswerMode::Phone => text!(locale, surveys.mode_phone),
        AnswerMode::Kiosk => text!(locale, surveys.mode_kiosk),
        AnswerMode::Paper => text!(locale, surveys.mode_paper),
        AnswerMode::Poster => text!(locale, surveys.mode_poster),
    }
}

/// Who owns an action that an answer opened.
pub(super) fn owner_word(locale: Locale, owner: ActionOwner) -> &'static str {
    match owner {
        ActionOwner::BySeverity => text!(locale, surveys.owner_by_severity),
        ActionOwner::DepartmentManager => text!(locale, surveys.owner_department_manager),
        ActionOwner::PxCoordinator => text!(locale, surveys.owner_coordinator),
        ActionOwner::HospitalAdmin => text!(locale, surveys.owner_hospital_admin),
    }
}
