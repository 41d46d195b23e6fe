//! How the log of messages is read.

use chrono::{DateTime, Utc};
use px360_domain::Bilingual;
use px360_domain::ids::{FatigueRuleId, NotificationId};
use px360_domain::notifications::{
    DeliveryAttempt, DeliveryFilter, DeliveryRow, NotificationKind, NotificationStatus,
    SuppressionReason, TextMeter,
};
use sqlx::types::Json;

use crate::error::Result;
use crate::tx::Reader;

/// Messages to patients within reach, the latest first.
pub(super) async fn list(
    read: Reader<'_>,
    filter: &DeliveryFilter,
    before: Option<(DateTime<Utc>, NotificationId)>,
    limit: i64,
) -> Result<Vec<DeliveryRow>> {
    let (reach, (before_at, before_id)) = (read.reach(), before.unzip());
    let rows = sqlx::query!(
        r#"select message.id as "id: NotificationId", message.kind as "kind: NotificationKind",
                  hospital.name_ar as "hospital_ar!", hospital.name_en as "hospital_en!",
                  version.content -> 'title' as "survey: Json<Bilingual>",
                  message.status as "status: NotificationStatus",
                  message.reason as "reason: SuppressionReason",
                  message.fatigue_rule_id as "fatigue_rule_id: FatigueRuleId",
                  message.created_at, message.send_after, message.sent_at,
                  coalesce((
                      select jsonb_agg(jsonb_build_object(
                          'number', attempt, 'channel', entry.channel, 'provider', provider,
                          'address', address_masked, 'language', entry.language, 'body', body,
                          'status', entry.status, 'reason', entry.reason, 'error', error,
                          'segments', segments, 'provider_message_id', provider_message_id,
                          'at', at, 'finished_at', finished_at) order by at, attempt)
                      from notification_log as entry
                      where entry.notification_id = message.id), '[]')
                      as "attempts!: Json<Vec<DeliveryAttempt>>"
           from notifications as message
           join hospital_names as hospital on hospital.id = message.hospital_id
           left join surveys as survey on survey.id = message.survey_id
           left join survey_versions as version on version.id = survey.survey_version_id
           where message.patient_id is not null and ($1 or message.hospital_id = any($2))
             and ($3::text is null or hospital.code = $3)
             and ($4::text is null or message.status = $4)
             and ($5::text is null or message.reason = $5)
             and ($6::text is null or message.channel = $6)
             and ($7::uuid is null or version.survey_template_id = $7)
             and ($8::timestamptz is null or (message.created_at, message.id) < ($8, $9))
           order by message.created_at desc, message.id desc
           limit $10"#,
        reach.all,
        &reach.hospitals as _,
        filter.hospital,
        filter.status as _,
        filter.reason as _,
        filter.channel as _,
        filter.template_id as _,
        before_at,
        before_id as _,
        limit,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| DeliveryRow {
            id: row.id,
            kind: row.kind,
            hospital: Bilingual { ar: row.hospital_ar, en: row.hospital_en },
            survey: row.survey.map(|Json(title)| title).unwrap_or_default(),
            status: row.status,
            reason: row.reason,
            fatigue_rule_id: row.fatigue_rule_id,
            created_at: row.created_at,
            send_after: row.send_after,
            sent_at: row.sent_at,
            attempts: row.attempts.0,
        })
        .collect())
}

/// Text messages since then, and their parts. One that was refused costs nothing; one of which no answer is known may
/// have been sent.
pub(super) async fn meter(read: Reader<'_>, since: DateTime<Utc>) -> Result<TextMeter> {
    let reach = read.reach();
    let row = sqlx::query!(
        r#"select count(*) as "messages!", coalesce(sum(segments), 0)::bigint as "segments!"
           from notification_log
           where channel = 'sms' and at > $3
             and status in ('sent', 'delivered', 'read', 'bounced', 'unknown')
             and ($1 or hospital_id = any($2))"#,
        reach.all,
        &reach.hospitals as _,
        since,
    )
    .fetch_one(&mut *read.db().await?)
    .await?;
    Ok(TextMeter { messages: row.messages, segments: row.segments, halalas: None })
}
