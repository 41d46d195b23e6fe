//! The words of the log, as people read them. What is not known here is shown as the code that it is.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::audit::Outcome;

use crate::ui::numbers::Code;

/// The word, or the code where there is none.
pub(super) fn or_code(word: Option<&'static str>, code: &str) -> AnyView {
    match word {
        Some(word) => word.into_any(),
        None => view! { <Code text=code.to_owned()/> }.into_any(),
    }
}

/// How it ended.
pub(super) fn outcome(locale: Locale, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => text!(locale, audit.outcome_done),
        Outcome::Refused => text!(locale, audit.outcome_refused),
    }
}

/// Who did it: a person by their name alone, everybody else by what they are.
pub(super) fn actor(locale: Locale, kind: &str, name: &str) -> AnyView {
    let name_view = (!name.is_empty()).then(|| view! { <Code text=name.to_owned()/> });
    let word = if kind == "user" { None } else { Some(or_code(actor_kind(locale, kind), kind)) };
    view! { {word} " " {name_view} }.into_any()
}

/// What kind of actor.
fn actor_kind(locale: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "anonymous" => text!(locale, audit.by_anonymous),
        "patient" => text!(locale, audit.by_patient),
        "source" => text!(locale, audit.by_source),
        "system" => text!(locale, audit.by_system),
        "user" => text!(locale, audit.by_user),
        _ => return None,
    })
}

/// What it was done to.
pub(super) fn entity(locale: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "action" => text!(locale, audit.entity_action),
        "audit_log" => text!(locale, audit.entity_audit_log),
        "department" => text!(locale, audit.entity_department),
        "physician" => text!(locale, audit.entity_physician),
        "employee" => text!(locale, audit.entity_employee),
        "patient" => text!(locale, audit.entity_patient),
        "hospital" => text!(locale, audit.entity_hospital),
        "import" => text!(locale, audit.entity_import),
        "code_mapping" => text!(locale, audit.entity_code_mapping),
        "journey_template" => text!(locale, audit.entity_journey_template),
        "fatigue_rule" => text!(locale, audit.entity_fatigue_rule),
        "survey_picture" => text!(locale, audit.entity_survey_picture),
        "survey_poster" => text!(locale, audit.entity_survey_poster),
        "survey_template" => text!(locale, audit.entity_survey_template),
        "source" => text!(locale, audit.entity_source),
        "inbound_event" => text!(locale, audit.entity_inbound_event),
        "delivery_pause" => text!(locale, audit.entity_delivery_pause),
        "delivery_receipt" => text!(locale, audit.entity_delivery_receipt),
        "notification" => text!(locale, audit.entity_notification),
        "role" => text!(locale, audit.entity_role),
        "saved_view" => text!(locale, audit.entity_saved_view),
        "survey" => text!(locale, audit.entity_survey),
        "token_family" => text!(locale, audit.entity_token_family),
        "user" => text!(locale, audit.entity_user),
        _ => return None,
    })
}

/// What was done.
pub(super) fn action(locale: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "action.close_asked" => text!(locale, audit.did_action_close_asked),
        "action.decided" => text!(locale, audit.did_action_decided),
        "action.escalated" => text!(locale, audit.did_action_escalated),
        "action.noted" => text!(locale, audit.did_action_noted),
        "action.opened" => text!(locale, audit.did_action_opened),
        "action.repeated" => text!(locale, audit.did_action_repeated),
        "action.started" => text!(locale, audit.did_action_started),
        "audit.exported" => text!(locale, audit.did_audit_exported),
        "audit.root_kept" => text!(locale, audit.did_audit_root_kept),
        "delegation.created" => text!(locale, audit.did_delegation_created),
        "delegation.ended" => text!(locale, audit.did_delegation_ended),
        "demo.seeded" => text!(locale, audit.did_demo_seeded),
        "event.failed" => text!(locale, audit.did_event_failed),
        "event.replayed" => text!(locale, audit.did_event_replayed),
        "events.culled" => text!(locale, audit.did_events_culled),
        "event.read_raw" => text!(locale, audit.did_event_read_raw),
        "events.replayed" => text!(locale, audit.did_events_replayed),
        "journey_template.discarded" => text!(locale, audit.did_journey_template_discarded),
        "journey_template.drafted" => text!(locale, audit.did_journey_template_drafted),
        "journey_template.published" => text!(locale, audit.did_journey_template_published),
        "journey_template.retired" => text!(locale, audit.did_journey_template_retired),
        "patient.opted_in" => text!(locale, audit.did_patient_opted_in),
        "patient.time_preferred" => text!(locale, audit.did_patient_time_preferred),
        "patient.opted_out" => text!(locale, audit.did_patient_opted_out),
        "journey_template.saved" => text!(locale, audit.did_journey_template_saved),
        "mapping.removed" => text!(locale, audit.did_mapping_removed),
        "mapping.set" => text!(locale, audit.did_mapping_set),
        "source.created" => text!(locale, audit.did_source_created),
        "source.judged" => text!(locale, audit.did_source_judged),
        "source.key_renewed" => text!(locale, audit.did_source_key_renewed),
        "source.updated" => text!(locale, audit.did_source_updated),
        "sources.watched" => text!(locale, audit.did_sources_watched),
        "events.processed" => text!(locale, audit.did_events_processed),
        "events.received" => text!(locale, audit.did_events_received),
        "saved_view.changed" => text!(locale, audit.did_saved_view_changed),
        "saved_view.marked" => text!(locale, audit.did_saved_view_marked),
        "saved_view.removed" => text!(locale, audit.did_saved_view_removed),
        "saved_view.restored" => text!(locale, audit.did_saved_view_restored),
        "saved_view.saved" => text!(locale, audit.did_saved_view_saved),
        "staff_digest.queued" => text!(locale, audit.did_staff_digest_queued),
        _ => {
            return to_surveys(locale, code)
                .or_else(|| to_messages(locale, code))
                .or_else(|| to_people(locale, code))
                .or_else(|| to_records(locale, code));
        }
    })
}

fn to_surveys(locale: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "survey.begun_from_poster" => text!(locale, audit.did_survey_begun_from_poster),
        "survey.callback_answered" => text!(locale, audit.did_survey_callback_answered),
        "survey.completed" => text!(locale, audit.did_survey_completed),
        "survey.entry_begun" => text!(locale, audit.did_survey_entry_begun),
        "survey.opened" => text!(locale, audit.did_survey_opened),
        "survey.page_answered" => text!(locale, audit.did_survey_page_answered),
        "survey.screened_out" => text!(locale, audit.did_survey_screened_out),
        "survey.submitted" => text!(locale, audit.did_survey_submitted),
        "survey_file.kept" => text!(locale, audit.did_survey_file_kept),
        "survey_file.read" => text!(locale, audit.did_survey_file_read),
        "survey_picture.kept" => text!(locale, audit.did_survey_picture_kept),
        "survey_pictures.swept" => text!(locale, audit.did_survey_pictures_swept),
        "survey_poster.made" => text!(locale, audit.did_survey_poster_made),
        "survey_poster.stopped" => text!(locale, audit.did_survey_poster_stopped),
        "survey_template.created" => text!(locale, audit.did_survey_template_created),
        "survey_template.discarded" => text!(locale, audit.did_survey_template_discarded),
        "survey_template.drafted" => text!(locale, audit.did_survey_template_drafted),
        "survey_template.published" => text!(locale, audit.did_survey_template_published),
        "survey_template.reinstated" => text!(locale, audit.did_survey_template_reinstated),
        "survey_template.retired" => text!(locale, audit.did_survey_template_retired),
        "survey_template.saved" => text!(locale, audit.did_survey_template_saved),
        "survey_template.tested" => text!(locale, audit.did_survey_template_tested),
        "surveys.answers_mixed" => text!(locale, audit.did_surveys_answers_mixed),
        "surveys.expired" => text!(locale, audit.did_surveys_expired),
        "surveys.exported" => text!(locale, audit.did_surveys_exported),
        _ => return None,
    })
}

fn to_messages(locale: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "delivery.paused" => text!(locale, audit.did_delivery_paused),
        "delivery.resumed" => text!(locale, audit.did_delivery_resumed),
        "delivery_receipt.kept" => text!(locale, audit.did_delivery_receipt_kept),
        "fatigue_rule.created" => text!(locale, audit.did_fatigue_rule_created),
        "fatigue_rule.removed" => text!(locale, audit.did_fatigue_rule_removed),
        "notification.attempt_failed" => text!(locale, audit.did_notification_attempt_failed),
        "notification.bounced" => text!(locale, audit.did_notification_bounced),
        "notification.came_late" => text!(locale, audit.did_notification_came_late),
        "notification.deferred" => text!(locale, audit.did_notification_deferred),
        "notification.delivered" => text!(locale, audit.did_notification_delivered),
        "notification.failed" => text!(locale, audit.did_notification_failed),
        "notification.outcome_unknown" => text!(locale, audit.did_notification_outcome_unknown),
        "notification.read" => text!(locale, audit.did_notification_read),
        "notification.send_started" => text!(locale, audit.did_notification_send_started),
        "notification.sent" => text!(locale, audit.did_notification_sent),
        "notification.suppressed" => text!(locale, audit.did_notification_suppressed),
        "notifications.read" => text!(locale, audit.did_notifications_read),
        _ => return None,
    })
}

fn to_people(locale: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "account.created" => text!(locale, audit.did_account_created),
        "account.deactivated" => text!(locale, audit.did_account_deactivated),
        "account.sign_in_failed" => text!(locale, audit.did_account_sign_in_failed),
        "account.signed_in" => text!(locale, audit.did_account_signed_in),
        "account.signed_out" => text!(locale, audit.did_account_signed_out),
        "account.token_reused" => text!(locale, audit.did_account_token_reused),
        "account.tokens_issued" => text!(locale, audit.did_account_tokens_issued),
        "account.tokens_renewed" => text!(locale, audit.did_account_tokens_renewed),
        "role.created" => text!(locale, audit.did_role_created),
        "account.code_asked" => text!(locale, audit.did_account_code_asked),
        "account.everything_ended" => text!(locale, audit.did_account_everything_ended),
        "account.other_sessions_ended" => text!(locale, audit.did_account_other_sessions_ended),
        "account.password_asked" => text!(locale, audit.did_account_password_asked),
        "account.password_changed" => text!(locale, audit.did_account_password_changed),
        "account.password_reset" => text!(locale, audit.did_account_password_reset),
        "account.profile_changed" => text!(locale, audit.did_account_profile_changed),
        "account.second_factor_begun" => text!(locale, audit.did_account_second_factor_begun),
        "account.provider_linked" => text!(locale, audit.did_account_provider_linked),
        "account.recovery_codes_renewed" => {
            text!(locale, audit.did_account_recovery_codes_renewed)
        }
        "account.second_factor_ended" => text!(locale, audit.did_account_second_factor_ended),
        "account.second_factor_reset" => text!(locale, audit.did_account_second_factor_reset),
        "account.session_ended" => text!(locale, audit.did_account_session_ended),
        "role.grant_refused" => text!(locale, audit.did_role_grant_refused),
        "role.granted" => text!(locale, audit.did_role_granted),
        "role.revoke_refused" => text!(locale, audit.did_role_revoke_refused),
        "role.revoked" => text!(locale, audit.did_role_revoked),
        "user.created" => text!(locale, audit.did_user_created),
        "user.deleted" => text!(locale, audit.did_user_deleted),
        "user.secure_refused" => text!(locale, audit.did_user_secure_refused),
        "user.updated" => text!(locale, audit.did_user_updated),
        _ => return None,
    })
}

fn to_records(locale: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "patient.viewed" => text!(locale, audit.did_patient_viewed),
        "patient.timeline_viewed" => text!(locale, audit.did_patient_timeline_viewed),
        "patient.glass_broken" => text!(locale, audit.did_patient_glass_broken),
        "patients.listed" => text!(locale, audit.did_patients_listed),
        "department.created" => text!(locale, audit.did_department_created),
        "department.deleted" => text!(locale, audit.did_department_deleted),
        "department.updated" => text!(locale, audit.did_department_updated),
        "employee.created" => text!(locale, audit.did_employee_created),
        "employee.deleted" => text!(locale, audit.did_employee_deleted),
        "employee.updated" => text!(locale, audit.did_employee_updated),
        "hospital.created" => text!(locale, audit.did_hospital_created),
        "hospital.deleted" => text!(locale, audit.did_hospital_deleted),
        "hospital.updated" => text!(locale, audit.did_hospital_updated),
        "patient.brought_back" => text!(locale, audit.did_patient_brought_back),
        "patient.merged" => text!(locale, audit.did_patient_merged),
        "patient.merged_away" => text!(locale, audit.did_patient_merged_away),
        "patient.unmerged" => text!(locale, audit.did_patient_unmerged),
        "patient.created" => text!(locale, audit.did_patient_created),
        "patient.deleted" => text!(locale, audit.did_patient_deleted),
        "patient.updated" => text!(locale, audit.did_patient_updated),
        "physician.created" => text!(locale, audit.did_physician_created),
        "physician.deleted" => text!(locale, audit.did_physician_deleted),
        "physician.updated" => text!(locale, audit.did_physician_updated),
        "hospitals.imported" => text!(locale, audit.did_hospitals_imported),
        "hospitals.exported" => text!(locale, audit.did_hospitals_exported),
        "departments.imported" => text!(locale, audit.did_departments_imported),
        "departments.exported" => text!(locale, audit.did_departments_exported),
        "physicians.imported" => text!(locale, audit.did_physicians_imported),
        "physicians.exported" => text!(locale, audit.did_physicians_exported),
        "employees.imported" => text!(locale, audit.did_employees_imported),
        "employees.exported" => text!(locale, audit.did_employees_exported),
        "patients.imported" => text!(locale, audit.did_patients_imported),
        "patients.exported" => text!(locale, audit.did_patients_exported),
        "import.checked" => text!(locale, audit.did_import_checked),
        "import.started" => text!(locale, audit.did_import_started),
        "import.stopped" => text!(locale, audit.did_import_stopped),
        "imports.forgotten" => text!(locale, audit.did_imports_forgotten),
        "import.uploaded" => text!(locale, audit.did_import_uploaded),
        "users.exported" => text!(locale, audit.did_users_exported),
        _ => return None,
    })
}
