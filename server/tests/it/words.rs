//! Pair assertions: a closed enum and the check of its column list the same words.

use std::collections::BTreeSet;

use px360_domain::access::Role;
use px360_domain::actions::{ActionKind, ActionLogKind, ActionStatus, Severity};
use px360_domain::audit::Outcome;
use px360_domain::integrations::{EventReason, EventStatus};
use px360_domain::journeys::{JourneyStatus, JourneyType, StageStatus};
use px360_domain::notifications::{
    Channel, NotificationKind, NotificationStatus, PreferredTime, SuppressionReason,
};
use px360_domain::organizations::{Consent, IdKind, Sex};
use px360_domain::records::ImportStatus;
use px360_domain::saved_views::{Audience, ListName};
use px360_domain::surveys::SurveyStatus;
use px360_server::jobs::Wake;
use sqlx::PgPool;

fn words<T: ToString>(all: &[T]) -> BTreeSet<String> {
    all.iter().map(ToString::to_string).collect()
}

/// The quoted words of a check constraint.
async fn listed(db: &PgPool, constraint: &str) -> BTreeSet<String> {
    let definition: String = sqlx::query_scalar(
        "select pg_get_constraintdef(oid) from pg_constraint where conname = $1",
    )
    .bind(constraint)
    .fetch_one(db)
    .await
    .unwrap_or_else(|error| panic!("{constraint}: {error}"));
    definition.split('\'').skip(1).step_by(2).map(str::to_owned).collect()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn every_closed_enum_and_its_column_list_the_same_words(db: PgPool) {
    for (constraint, words) in [
        ("roles_role_check", words(Role::ALL)),
        ("imports_status_check", words(ImportStatus::ALL)),
        ("patients_sex_check", words(Sex::ALL)),
        ("patients_consent_check", words(Consent::ALL)),
        ("patients_id_kind_check", words(IdKind::ALL)),
        ("patients_channel_check", words(Channel::ALL)),
        ("patients_time_check", words(PreferredTime::ALL)),
        ("journey_templates_type_check", words(JourneyType::ALL)),
        ("inbound_events_status_check", words(EventStatus::ALL)),
        ("inbound_events_reason_check", words(EventReason::ALL)),
        ("journeys_status_check", words(JourneyStatus::ALL)),
        ("stages_status_check", words(StageStatus::ALL)),
        ("surveys_status_check", words(SurveyStatus::ALL)),
        ("notifications_kind_check", words(NotificationKind::ALL)),
        ("notifications_status_check", words(NotificationStatus::ALL)),
        ("notifications_reason_check", words(SuppressionReason::ALL)),
        ("notification_log_channel_check", words(Channel::ALL)),
        ("sla_policies_severity_check", words(Severity::ALL)),
        ("actions_severity_check", words(Severity::ALL)),
        ("actions_kind_check", words(ActionKind::ALL)),
        ("actions_status_check", words(ActionStatus::ALL)),
        ("action_log_kind_check", words(ActionLogKind::ALL)),
        ("audit_events_outcome_check", words(Outcome::ALL)),
        ("saved_views_list_check", words(ListName::ALL)),
        ("saved_views_audience_check", words(Audience::ALL)),
    ] {
        assert_eq!(listed(&db, constraint).await, words, "{constraint}");
    }
}

#[test]
fn no_two_jobs_share_a_name_and_no_stored_name_disappears() {
    let names: BTreeSet<&str> = Wake::ALL.iter().map(|wake| wake.identifier()).collect();
    assert_eq!(names.len(), Wake::ALL.len());
    for stored in [
        "integrations.process_events",
        "notifications.deliver",
        "actions.escalate_overdue",
        "surveys.sweep_expired",
    ] {
        assert!(names.contains(stored), "{stored}");
    }
}
