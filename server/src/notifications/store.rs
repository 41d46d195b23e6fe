//! The outbox and the log of attempts.
//!
//! Whoever records an outcome asks first whether the attempt still holds its message ([`still_holds`]): a worker that
//! was given up changes nothing, because the number has moved on.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use px360_domain::accounts::{MailsOf, StaffMails};
use px360_domain::actions::Severity;
use px360_domain::dates::in_riyadh;
use px360_domain::ids::{
    ActionId, FatigueRuleId, HospitalId, NotificationId, PatientId, SurveyId, SurveyVersionId,
};
use px360_domain::journeys::JourneyType;
use px360_domain::notifications::{
    Channel, NotificationKind, NotificationStatus, PreferredTime, SuppressionReason,
};
use px360_domain::organizations::{Consent, youngest_adult};
use px360_domain::surveys::{AnswerMode, SurveyContent, SurveyStatus};
use px360_domain::{Bilingual, Locale};
use sqlx::types::Json;
use uuid::Uuid;

use super::due::Due;
use super::queue::{NewNotification, Recipient};
use super::quotas::Asked;
use crate::error::Result;
use crate::tx::{Reader, Tx};

pub(super) async fn insert(
    tx: &mut Tx,
    rows: &[(NotificationId, &NewNotification)],
) -> Result<Vec<NotificationId>> {
    let ids: Vec<Uuid> = rows.iter().map(|(id, _)| id.0).collect();
    let hospitals: Vec<Uuid> = rows.iter().map(|(_, new)| new.hospital_id.0).collect();
    let kinds: Vec<NotificationKind> = rows.iter().map(|(_, new)| new.kind).collect();
    let (mut patients, mut users) = (Vec::<Option<Uuid>>::new(), Vec::<Option<Uuid>>::new());
    for (_, new) in rows {
        let (patient, user) = match new.recipient {
            Recipient::Patient(id) => (Some(id.0), None),
            Recipient::User(id) => (None, Some(id.0)),
        };
        patients.push(patient);
        users.push(user);
    }
    let surveys: Vec<Option<Uuid>> = rows.iter().map(|(_, new)| Some(new.survey_id?.0)).collect();
    let actions: Vec<Option<Uuid>> = rows.iter().map(|(_, new)| Some(new.action_id?.0)).collect();
    let sources: Vec<Option<Uuid>> = rows.iter().map(|(_, new)| Some(new.source_id?.0)).collect();
    let versions: Vec<Option<Uuid>> =
        rows.iter().map(|(_, new)| Some(new.survey_version_id?.0)).collect();
    let keys: Vec<String> = rows.iter().map(|(_, new)| new.dedupe_key.clone()).collect();
    let times: Vec<DateTime<Utc>> = rows.iter().map(|(_, new)| new.send_after).collect();
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"insert into notifications
               (id, hospital_id, kind, status, patient_id, user_id, survey_id, action_id,
                source_id, dedupe_key, send_after, attempts, created_at, survey_version_id)
           select id, hospital_id, kind, 'queued', patient_id, user_id, survey_id, action_id,
                  source_id, dedupe_key, send_after, 0, $10, survey_version_id
           from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[],
                       $7::uuid[], $8::text[], $9::timestamptz[], $11::uuid[], $12::uuid[])
               as new (id, hospital_id, kind, patient_id, user_id, survey_id, action_id,
                       dedupe_key, send_after, source_id, survey_version_id)
           on conflict on constraint notifications_dedupe_key do nothing
           returning id as "id: NotificationId""#,
        &ids,
        &hospitals,
        &kinds as _,
        &patients as _,
        &users as _,
        &surveys as _,
        &actions as _,
        &keys,
        &times,
        now,
        &sources as _,
        &versions as _,
    )
    .fetch_all(tx.db())
    .await?)
}

/// What is due: what waits for its time, and what a worker took along when it died.
pub(super) async fn list_due(
    read: Reader<'_>,
    now: DateTime<Utc>,
    except: &[NotificationId],
    limit: i64,
) -> Result<Vec<NotificationId>> {
    let except: Vec<Uuid> = except.iter().map(|id| id.0).collect();
    Ok(sqlx::query_scalar!(
        r#"(select id as "id!: NotificationId" from notifications as message
            where status = 'queued' and send_after <= $1 and id <> all ($2)
              and not exists (select from standing_pauses(
                  message.hospital_id, message.patient_id, message.survey_id))
            order by send_after limit $3)
           union all
           (select id from notifications as message
            where status = 'sending' and lease_until < $1 and id <> all ($2)
              and not exists (select from standing_pauses(
                  message.hospital_id, message.patient_id, message.survey_id))
            order by lease_until limit $3)"#,
        now,
        &except,
        limit,
    )
    .fetch_all(&mut *read.db().await?)
    .await?)
}

/// Locks one message, if it is still due and nobody else holds it.
pub(super) async fn lock_due(tx: &mut Tx, id: NotificationId) -> Result<Option<Due>> {
    let now = tx.now();
    Ok(sqlx::query_file_as!(
        Due,
        "src/notifications/sql/lock_due.sql",
        id as _,
        now,
        youngest_adult(in_riyadh(now).date()),
        in_riyadh(now).date(),
    )
    .fetch_optional(tx.db())
    .await?)
}

/// A survey as its quotas look at it.
pub(super) async fn quotas(tx: &mut Tx, survey: SurveyId) -> Result<Option<Asked>> {
    Ok(sqlx::query_as!(
        Asked,
        r#"select version.content as "content: Json<SurveyContent>", survey.language as "language: Locale",
                  survey.mode as "mode: AnswerMode", journey.journey_type as "journey_type?: JourneyType",
                  told.code as "stage_code?", department.code as "department_code?",
                  survey.quotas as held,
                  coalesce((select jsonb_object_agg(quota_key, counted) from survey_quotas
                            where survey_template_id = version.survey_template_id),
                           '{}'::jsonb) as "counted!: Json<BTreeMap<String, u32>>"
           from surveys as survey
           join survey_versions as version on version.id = survey.survey_version_id
           left join stages as stage on stage.id = survey.stage_id
           left join stage_templates as told on told.id = stage.stage_template_id
           left join journeys as journey on journey.id = stage.journey_id
           left join departments as department on department.id = survey.department_id
           where survey.id = $1"#,
        survey as _,
    )
    .fetch_optional(tx.db())
    .await?)
}

pub(super) async fn mark_sending(
    tx: &mut Tx,
    id: NotificationId,
    (number, channel): (i32, Channel),
    lease_until: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update notifications
         set status = 'sending', attempts = $2, lease_until = $3, channel = $4
         where id = $1",
        id as _,
        number,
        lease_until,
        channel as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Whether this attempt still holds its message, which is locked then. A worker that was given up holds nothing, and
/// neither does one that a receipt has overtaken.
pub(super) async fn still_holds(tx: &mut Tx, id: NotificationId, number: i32) -> Result<bool> {
    let held = sqlx::query!(
        "select 1 as held from notifications
         where id = $1 and attempts = $2 and status = 'sending' for update",
        id as _,
        number,
    )
    .fetch_optional(tx.db())
    .await?;
    Ok(held.is_some())
}

/// Back into the queue until then.
pub(super) async fn mark_queued(
    tx: &mut Tx,
    id: NotificationId,
    send_after: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update notifications set status = 'queued', send_after = $2, lease_until = null
         where id = $1",
        id as _,
        send_after,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

pub(super) async fn mark_sent(tx: &mut Tx, id: NotificationId) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "update notifications set status = 'sent', sent_at = $2, lease_until = null where id = $1",
        id as _,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

pub(super) async fn mark_failed(tx: &mut Tx, id: NotificationId) -> Result<()> {
    sqlx::query!(
        "update notifications set status = 'failed', lease_until = null where id = $1",
        id as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

pub(super) async fn mark_suppressed(
    tx: &mut Tx,
    id: NotificationId,
    reason: SuppressionReason,
    rule: Option<FatigueRuleId>,
) -> Result<()> {
    sqlx::query!(
        "update notifications
         set status = 'suppressed', reason = $2, fatigue_rule_id = $3, lease_until = null
         where id = $1",
        id as _,
        reason as _,
        rule as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// True for the first message that got through; one that has answers already keeps its status.
pub(super) async fn mark_survey_sent(tx: &mut Tx, survey_id: SurveyId) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "update surveys
         set sent_at = $2, status = case when status = 'scheduled' then 'sent' else status end
         where id = $1 and sent_at is null",
        survey_id as _,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn mark_survey_suppressed(tx: &mut Tx, survey_id: SurveyId) -> Result<bool> {
    let marked = sqlx::query!(
        "update surveys set status = 'suppressed' where id = $1 and status = 'scheduled'",
        survey_id as _,
    )
    .execute(tx.db())
    .await?;
    Ok(marked.rows_affected() > 0)
}

/// Whom a survey's version wants to be reminded, and after how many days each time.
pub(super) struct WantedReminders {
    pub(super) hospital_id: HospitalId,
    pub(super) patient_id: PatientId,
    pub(super) days: Vec<i32>,
}

pub(super) async fn reminders(tx: &mut Tx, survey_id: SurveyId) -> Result<Option<WantedReminders>> {
    Ok(sqlx::query_as!(
        WantedReminders,
        r#"select survey.hospital_id as "hospital_id: HospitalId",
                  survey.patient_id as "patient_id!: PatientId",
                  array(select jsonb_array_elements_text(version.content -> 'reminders')::integer)
                      as "days!"
           from surveys as survey
           join survey_versions as version on version.id = survey.survey_version_id
           where survey.id = $1 and jsonb_array_length(version.content -> 'reminders') > 0"#,
        survey_id as _,
    )
    .fetch_optional(tx.db())
    .await?)
}
