//! Ends or delays a message that does not go out now.

use chrono::{DateTime, TimeDelta, Utc};
use px360_domain::ids::{FatigueRuleId, SurveyId};
use px360_domain::notifications::{NotificationKind, SuppressionReason};
use serde_json::json;

use super::attempts;
use super::due::Due;
use super::queue::{NewNotification, Recipient, queue_in};
use super::store;
use crate::analytics::{self, FunnelCount};
use crate::audit::Entry;
use crate::error::Result;
use crate::tx::Tx;

/// The number under which the log says that a message was deferred: it is said once.
const DEFERRAL: i32 = 0;

/// It will not go, and everybody can see why.
pub(super) async fn suppress(
    tx: &mut Tx,
    due: &Due,
    reason: SuppressionReason,
    rule: Option<FatigueRuleId>,
) -> Result<()> {
    store::mark_suppressed(tx, due.id, reason, rule).await?;
    attempts::insert_not_sent(tx, due, due.attempts + 1, "suppressed", reason.as_str()).await?;
    if let Some(survey_id) = due.survey_id {
        // One that was answered or has expired meanwhile is counted as that.
        if store::mark_survey_suppressed(tx, survey_id).await? {
            analytics::count_in(tx, survey_id, &[FunnelCount::Suppressed]).await?;
        }
    }
    tx.record(
        entry("notification.suppressed", due).with(json!({ "reason": reason, "rule": rule })),
    );
    count("suppressed");
    Ok(())
}

/// It waits: never dropped for coming at the wrong hour.
pub(super) async fn defer(tx: &mut Tx, due: &Due, until: DateTime<Utc>) -> Result<()> {
    store::mark_queued(tx, due.id, until).await?;
    attempts::insert_not_sent(tx, due, DEFERRAL, "deferred", "quiet_hours").await?;
    tx.record(entry("notification.deferred", due).with(json!({ "until": until })));
    count("deferred");
    Ok(())
}

/// It got through, although no provider said so: the patient has answered. The log keeps saying what
/// was known of each attempt.
pub(super) async fn arrived(tx: &mut Tx, due: &Due) -> Result<()> {
    store::mark_sent(tx, due.id).await?;
    if let Some(survey_id) = due.survey_id {
        survey_sent(tx, survey_id).await?;
    }
    tx.record(entry("notification.sent", due).with(json!({ "known_by": "answer" })));
    count("sent");
    Ok(())
}

/// Nothing is left to try.
pub(super) async fn give_up(tx: &mut Tx, due: &Due) -> Result<()> {
    store::mark_failed(tx, due.id).await?;
    tx.record(entry("notification.failed", due).with(json!({ "attempts": due.attempts })));
    count("failed");
    Ok(())
}

/// The first message that gets through moves the survey and its funnel.
pub(super) async fn survey_sent(tx: &mut Tx, survey_id: SurveyId) -> Result<()> {
    if store::mark_survey_sent(tx, survey_id).await? {
        analytics::count_in(tx, survey_id, &[FunnelCount::Sent]).await?;
        remind(tx, survey_id).await?;
    }
    Ok(())
}

/// Queues the reminders of a survey that was sent now. Whether each still makes sense is decided when it is due.
async fn remind(tx: &mut Tx, survey_id: SurveyId) -> Result<()> {
    let Some(wanted) = store::reminders(tx, survey_id).await? else { return Ok(()) };
    let now = tx.now();
    let reminders = wanted.days.iter().zip(1..).map(|(days, number)| NewNotification {
        hospital_id: wanted.hospital_id,
        kind: NotificationKind::SurveyReminder,
        recipient: Recipient::Patient(wanted.patient_id),
        survey_id: Some(survey_id),
        action_id: None,
        source_id: None,
        survey_version_id: None,
        dedupe_key: format!("reminder:{survey_id}:{number}"),
        send_after: now + TimeDelta::days(i64::from(*days)),
    });
    queue_in(tx, &reminders.collect::<Vec<_>>()).await?;
    Ok(())
}

/// What happened to messages, for the operator's graphs.
pub(super) fn count(outcome: &'static str) {
    metrics::counter!("px360_notifications_total", "outcome" => outcome).increment(1);
}

fn entry(action: &'static str, due: &Due) -> Entry {
    Entry::done(action, "notification", due.id).in_hospital(due.hospital_id)
}
