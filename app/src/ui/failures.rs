//! Codes to sentences: every way in which a use case may say no, in words.

use px360_domain::{Failure, FieldFault, Locale};

use crate::UiError;

/// What went wrong, as a sentence that says what to do now.
pub(crate) fn sentence(locale: Locale, error: &UiError) -> String {
    match error {
        UiError::Transport => text!(locale, failures.transport).to_owned(),
        UiError::Outdated => text!(locale, failures.outdated).to_owned(),
        UiError::Refused(failure) => refusal(locale, failure),
    }
}

fn refusal(locale: Locale, failure: &Failure) -> String {
    match failure {
        Failure::Unauthenticated | Failure::OtpRequired => {
            text!(locale, failures.unauthenticated).to_owned()
        }
        Failure::PasswordChangeRequired => {
            text!(locale, failures.password_change_required).to_owned()
        }
        Failure::Forbidden => text!(locale, failures.forbidden).to_owned(),
        Failure::NotFound { .. } => text!(locale, failures.not_found).to_owned(),
        Failure::Malformed { .. } => text!(locale, failures.malformed).to_owned(),
        Failure::Invalid { faults } => faults
            .first()
            .map_or_else(|| text!(locale, failures.malformed), |first| fault(locale, first))
            .to_owned(),
        Failure::Conflict { code } => conflict(locale, code).to_owned(),
        Failure::InUse { .. } => text!(locale, failures.in_use).to_owned(),
        Failure::TooMany { retry_after_seconds } => {
            text!(locale, failures.too_many, count = *retry_after_seconds).to_string()
        }
        Failure::Unavailable => text!(locale, failures.unavailable).to_owned(),
        Failure::Internal { incident } => {
            text!(locale, failures.internal, incident = crate::ui::numbers::isolated(incident))
        }
    }
}

/// What is wrong with one field.
pub(crate) fn fault(locale: Locale, fault: &FieldFault) -> &'static str {
    match (fault.code.as_str(), fault.field.as_str()) {
        ("required", "reason") => text!(locale, failures.reason_required),
        ("required", "resolution") => text!(locale, failures.resolution_required),
        ("required", "text") => text!(locale, failures.note_required),
        ("required", "title") => text!(locale, failures.title_required),
        ("required", "name") => text!(locale, failures.name_required),
        ("required", "role") => text!(locale, failures.role_required),
        ("required", _) => text!(locale, failures.required),
        ("too_long", _) => text!(locale, failures.too_long),
        ("wrong_password", _) => text!(locale, failures.wrong_password),
        ("wrong_code", _) => text!(locale, failures.wrong_code),
        ("too_common", _) => text!(locale, failures.password_too_common),
        ("same_as_username", _) => text!(locale, failures.password_same_as_username),
        ("same_as_before", _) => text!(locale, failures.password_same_as_before),
        ("email_invalid", _) => text!(locale, failures.email_invalid),
        ("too_short", "search") => text!(locale, failures.search_too_short),
        ("too_short", "note") => text!(locale, failures.note_too_short),
        ("too_short", _) => text!(locale, failures.password_too_short),
        ("taken", _) => text!(locale, failures.taken),
        ("unknown", _) => text!(locale, failures.unknown_record),
        ("other_hospital", _) => text!(locale, failures.other_hospital),
        ("cycle", _) => text!(locale, failures.cycle),
        ("national_id_invalid", _) => text!(locale, failures.national_id_invalid),
        ("too_late", _) => text!(locale, failures.too_late),
        ("out_of_range", _) => text!(locale, failures.out_of_range),
        ("before_from", _) => text!(locale, failures.before_from),
        ("invalid", _) => text!(locale, failures.code_invalid),
        ("half_a_place", _) => text!(locale, failures.half_a_place),
        ("twice", _) => text!(locale, failures.twice),
        ("uploads_busy", _) => text!(locale, failures.uploads_busy),
        ("empty_file", _) => text!(locale, failures.empty_file),
        ("not_a_table", _) => text!(locale, failures.not_a_table),
        ("too_many_columns", _) => text!(locale, failures.too_many_columns),
        ("too_large", "content") => text!(locale, failures.survey_too_large),
        ("too_large", _) => text!(locale, failures.file_too_large),
        ("unknown_word", _) => text!(locale, failures.unknown_word),
        ("cell_too_long", _) => text!(locale, failures.cell_too_long),
        ("too_many_cells", _) => text!(locale, failures.too_many_cells),
        ("beyond_reach", _) => text!(locale, failures.beyond_reach),
        ("same_record", _) => text!(locale, failures.same_record),
        ("phone_invalid", _) => text!(locale, failures.phone_invalid),
        ("dial_invalid", _) => text!(locale, failures.dial_invalid),
        ("too_many", "picked") => text!(locale, failures.too_many_picked),
        ("past", _) => text!(locale, failures.past),
        ("too_far", _) => text!(locale, failures.too_far),
        ("before_start", _) => text!(locale, failures.before_start),
        ("period_too_long", _) => text!(locale, failures.period_too_long),
        ("cannot_stand_in", _) => text!(locale, failures.cannot_stand_in),
        ("nothing_to_delegate", _) => text!(locale, failures.nothing_to_delegate),
        _ => text!(locale, failures.malformed),
    }
}

fn conflict(locale: Locale, code: &str) -> &'static str {
    match code {
        "away_already" => text!(locale, failures.away_already),
        "merge_undone" => text!(locale, failures.merge_undone),
        "import_busy" => text!(locale, failures.import_busy),
        "import_done" => text!(locale, failures.import_done),
        "already_paused" => text!(locale, failures.already_paused),
        "must_not_contact" => text!(locale, failures.must_not_contact),
        "survey_anonymous" => text!(locale, failures.survey_anonymous),
        "nobody_to_call" => text!(locale, failures.nobody_to_call),
        "survey_closed" => text!(locale, failures.survey_closed),
        "stale_version" => text!(locale, failures.stale_version),
        "action_not_open" => text!(locale, failures.action_not_open),
        "action_not_in_progress" => text!(locale, failures.action_not_in_progress),
        "action_not_pending_approval" => text!(locale, failures.action_not_pending_approval),
        "view_name_taken" => text!(locale, failures.view_name_taken),
        "too_many_views" => text!(locale, failures.too_many_views),
        "four_eyes" => text!(locale, failures.four_eyes),
        "record_stale" => text!(locale, failures.record_stale),
        "own_account" => text!(locale, failures.own_account),
        "last_px_admin" => text!(locale, failures.last_px_admin),
        "profile_stale" => text!(locale, failures.profile_stale),
        "second_factor_in_use" => text!(locale, failures.second_factor_in_use),
        "draft_exists" => text!(locale, failures.draft_exists),
        "template_has_faults" => text!(locale, failures.template_has_faults),
        "template_not_draft" => text!(locale, failures.template_not_draft),
        "template_not_published" => text!(locale, failures.template_not_published),
        "survey_not_drafted" => text!(locale, failures.survey_not_drafted),
        "survey_picture_gone" => text!(locale, failures.survey_picture_gone),
        "survey_has_faults" => text!(locale, failures.survey_has_faults),
        "survey_in_use" => text!(locale, failures.survey_in_use),
        "survey_retired" => text!(locale, failures.survey_retired),
        "survey_not_retired" => text!(locale, failures.survey_not_retired),
        "event_not_replayable" => text!(locale, failures.event_not_replayable),
        "second_factor_not_offered" => text!(locale, failures.second_factor_not_offered),
        _ => text!(locale, failures.conflict),
    }
}

/// The sentence about this field, when the error is about fields.
pub(crate) fn of_field(locale: Locale, error: &UiError, field: &str) -> Option<String> {
    match error {
        UiError::Refused(Failure::Invalid { faults }) => faults
            .iter()
            .find(|found| found.field == field)
            .map(|found| fault(locale, found).to_owned()),
        _ => None,
    }
}

/// What no field of a form says: faults of fields stand beside them.
pub(crate) fn beside_fields(error: Option<UiError>) -> Option<UiError> {
    error.filter(|error| !matches!(error, UiError::Refused(Failure::Invalid { .. })))
}

/// The same error, said of a record where it is about a version that somebody else has changed.
pub(crate) fn of_record(error: Option<UiError>) -> Option<UiError> {
    match error? {
        UiError::Refused(Failure::Conflict { code }) if code == "stale_version" => {
            Some(Failure::conflict("record_stale").into())
        }
        error => Some(error),
    }
}

/// The same where a stale version is one of something else than an action, by the code of its sentence.
pub(crate) fn beside_fields_of(error: Option<UiError>, stale: &str) -> Option<UiError> {
    match beside_fields(error)? {
        UiError::Refused(Failure::Conflict { code }) if code == "stale_version" => {
            Some(Failure::conflict(stale).into())
        }
        error => Some(error),
    }
}
