//! The log of attempts, and how many of them a channel bears.

use std::num::NonZeroU32;

use chrono::{DateTime, TimeDelta, Utc};
use px360_domain::Locale;
use px360_domain::ids::NotificationId;
use px360_domain::notifications::Channel;
use uuid::Uuid;

use super::super::due::Due;
use super::super::route::Attempt;
use crate::error::Result;
use crate::tx::{Reader, Tx};

pub(in crate::notifications) async fn list_attempts(
    tx: &mut Tx,
    id: NotificationId,
) -> Result<Vec<Attempt>> {
    Ok(sqlx::query_as!(
        Attempt,
        r#"select attempt as number, channel as "channel!: Channel",
                  address_masked as "address_masked!",
                  status in ('failed', 'bounced') and reason is not distinct from 'refused'
                      as "refused!"
           from notification_log
           where notification_id = $1 and channel is not null
           order by attempt"#,
        id as _,
    )
    .fetch_all(tx.db())
    .await?)
}

/// The log row of an attempt that begins.
pub(in crate::notifications) struct BegunAttempt<'a> {
    pub(in crate::notifications) number: i32,
    pub(in crate::notifications) channel: Channel,
    pub(in crate::notifications) provider: &'static str,
    pub(in crate::notifications) address_masked: &'a str,
    pub(in crate::notifications) language: Locale,
    pub(in crate::notifications) body: &'a str,
    pub(in crate::notifications) idempotency_key: &'a str,
    pub(in crate::notifications) segments: Option<i16>,
}

pub(in crate::notifications) async fn insert_attempt(
    tx: &mut Tx,
    due: &Due,
    begun: &BegunAttempt<'_>,
) -> Result<()> {
    let (log_id, now): (Uuid, _) = (tx.ctx().new_id(), tx.now());
    sqlx::query!(
        "insert into notification_log
             (id, hospital_id, notification_id, attempt, channel, provider, address_masked,
              language, body, status, segments, at, idempotency_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'sending', $10, $11, $12)",
        log_id,
        due.hospital_id as _,
        due.id as _,
        begun.number,
        begun.channel as _,
        begun.provider,
        begun.address_masked,
        begun.language as _,
        begun.body,
        begun.segments,
        now,
        begun.idempotency_key,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Logs that a message was not sent. Once per number: a message that is deferred twice says so once.
pub(in crate::notifications) async fn insert_not_sent(
    tx: &mut Tx,
    due: &Due,
    number: i32,
    status: &str,
    reason: &str,
) -> Result<()> {
    let (log_id, now): (Uuid, _) = (tx.ctx().new_id(), tx.now());
    sqlx::query!(
        "insert into notification_log
             (id, hospital_id, notification_id, attempt, status, reason, at, finished_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)
         on conflict on constraint notification_log_attempt_key do nothing",
        log_id,
        due.hospital_id as _,
        due.id as _,
        number,
        status,
        reason,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Whether this channel bears one more message within the last minute. Messages of one channel pass one by one here, or
/// two would both be the last one.
pub(in crate::notifications) async fn has_room(
    tx: &mut Tx,
    channel: Channel,
    per_minute: NonZeroU32,
) -> Result<bool> {
    sqlx::query!(
        "select 1 as turn
         from pg_advisory_xact_lock(hashtextextended('pace:' || $1::text, 0))",
        channel.as_str(),
    )
    .fetch_one(tx.db())
    .await?;
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select count(*) < $3 as "room!" from notification_log
           where channel = $1 and at > $2::timestamptz - interval '1 minute'"#,
        channel as _,
        now,
        i64::from(per_minute.get()),
    )
    .fetch_one(tx.db())
    .await?)
}

/// How long until one of these channels bears a message again.
pub(in crate::notifications) async fn next_room(
    read: Reader<'_>,
    now: DateTime<Utc>,
    channels: &[Channel],
) -> Result<TimeDelta> {
    let oldest = sqlx::query_scalar!(
        r#"select min(at) from notification_log
           where channel = any($1) and at > $2::timestamptz - interval '1 minute'"#,
        channels as _,
        now,
    )
    .fetch_one(&mut *read.db().await?)
    .await?;
    let room = oldest.map_or(now, |oldest| oldest + TimeDelta::minutes(1));
    Ok((room - now).max(TimeDelta::seconds(1)))
}

/// How an attempt ended.
pub(in crate::notifications) struct EndedAttempt<'a> {
    pub(in crate::notifications) status: &'static str,
    pub(in crate::notifications) reason: Option<&'static str>,
    pub(in crate::notifications) error: Option<&'a str>,
    pub(in crate::notifications) provider_message_id: Option<&'a str>,
}

/// Only of an attempt whose end nobody has recorded yet.
pub(in crate::notifications) async fn end_attempt(
    tx: &mut Tx,
    id: NotificationId,
    number: i32,
    ended: &EndedAttempt<'_>,
) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "update notification_log
         set status = $3, reason = $4, error = $5, provider_message_id = $6, finished_at = $7
         where notification_id = $1 and attempt = $2 and status = 'sending'",
        id as _,
        number,
        ended.status,
        ended.reason,
        ended.error,
        ended.provider_message_id,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}
