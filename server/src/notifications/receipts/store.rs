//! Receipts, and the attempts that they are about.

use chrono::{DateTime, Utc};
use px360_domain::ids::{HospitalId, NotificationId, SurveyId};
use uuid::Uuid;

use crate::error::Result;
use crate::gateways::{DeliveryReceipt, ReceiptStep};
use crate::tx::Tx;

/// An attempt that a receipt is about.
pub(super) struct Known {
    pub(super) notification_id: NotificationId,
    pub(super) hospital_id: HospitalId,
    pub(super) survey_id: Option<SurveyId>,
    pub(super) attempt: i32,
}

/// Lets an answer and the receipts of one message pass one by one, or neither would see the other. Before any lock of
/// the message itself.
pub(in crate::notifications) async fn take_turn(
    tx: &mut Tx,
    provider: &str,
    provider_message_id: &str,
) -> Result<()> {
    sqlx::query!(
        "select 1 as turn
         from pg_advisory_xact_lock(hashtextextended('receipt:' || $1::text || ':' || $2::text, 0))",
        provider,
        provider_message_id,
    )
    .fetch_one(tx.db())
    .await?;
    Ok(())
}

/// Keeps it; false when it was said before.
pub(super) async fn insert(tx: &mut Tx, provider: &str, receipt: &DeliveryReceipt) -> Result<bool> {
    let (id, now): (Uuid, _) = (tx.ctx().new_id(), tx.now());
    let done = sqlx::query!(
        "insert into delivery_receipts
             (id, provider, provider_message_id, idempotency_key, status, error, at, received_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict on constraint delivery_receipts_key do nothing",
        id,
        provider,
        receipt.provider_message_id,
        receipt.idempotency_key,
        receipt.status as _,
        receipt.error,
        receipt.at.unwrap_or(now),
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The attempt that a receipt is about, with its message locked: by the provider's name of it, or by ours.
pub(super) async fn lock_attempt(
    tx: &mut Tx,
    provider: &str,
    receipt: &DeliveryReceipt,
) -> Result<Option<Known>> {
    Ok(sqlx::query_as!(
        Known,
        r#"select n.id as "notification_id: NotificationId",
                  n.hospital_id as "hospital_id: HospitalId", n.survey_id as "survey_id: SurveyId",
                  log.attempt
           from notification_log as log
           join notifications as n on n.id = log.notification_id
           where log.provider = $1
             and (log.provider_message_id = $2 or log.idempotency_key = $3)
           order by log.provider_message_id is not distinct from $2 desc, log.attempt desc
           limit 1
           for update of n"#,
        provider,
        receipt.provider_message_id,
        receipt.idempotency_key,
    )
    .fetch_optional(tx.db())
    .await?)
}

/// Receipts that came before anybody knew the message by this name, in the order in which things happened.
pub(super) async fn list_waiting(
    tx: &mut Tx,
    provider: &str,
    provider_message_id: &str,
) -> Result<Vec<DeliveryReceipt>> {
    Ok(sqlx::query_as!(
        DeliveryReceipt,
        r#"select provider_message_id, idempotency_key, status as "status: ReceiptStep", error,
                  at as "at?"
           from delivery_receipts
           where provider = $1 and provider_message_id = $2 and notification_id is null
           order by at, received_at"#,
        provider,
        provider_message_id,
    )
    .fetch_all(tx.db())
    .await?)
}

pub(super) async fn mark_placed(
    tx: &mut Tx,
    provider: &str,
    receipt: &DeliveryReceipt,
    notification_id: NotificationId,
) -> Result<()> {
    sqlx::query!(
        "update delivery_receipts set notification_id = $4
         where provider = $1 and provider_message_id = $2 and status = $3",
        provider,
        receipt.provider_message_id,
        receipt.status as _,
        notification_id as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Brings the attempt and its message to where the receipt says that they are, never back: receipts come in any order.
///
/// One that says `delivered` or `read` settles the message, whatever else was to be tried. `sent` is weaker: it does
/// not undo a bounce, and it settles a message only by its last attempt.
pub(super) async fn advance(tx: &mut Tx, known: &Known, receipt: &DeliveryReceipt) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "update notification_log
         set status = $3, provider_message_id = $4, reason = null, error = null,
             finished_at = coalesce(finished_at, $5)
         where notification_id = $1 and attempt = $2
           and not ($3 = 'sent' and status = 'bounced')
           and array_position(array['sent', 'delivered', 'read'], $3)
               > coalesce(array_position(array['sent', 'delivered', 'read'], status), 0)",
        known.notification_id as _,
        known.attempt,
        receipt.status.as_str(),
        receipt.provider_message_id,
        now,
    )
    .execute(tx.db())
    .await?;
    sqlx::query!(
        "update notifications as message
         set status = $2, sent_at = coalesce(sent_at, $3), lease_until = null
         where id = $1 and status <> 'suppressed'
           and ($2 <> 'sent' or attempts = $4 and exists (
                   select from notification_log as log
                   where log.notification_id = message.id and log.attempt = $4
                     and log.status = 'sent'))
           and array_position(array['sent', 'delivered', 'read'], $2)
               > coalesce(array_position(array['sent', 'delivered', 'read'], status), 0)",
        known.notification_id as _,
        receipt.status.as_str(),
        now,
        known.attempt,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// The attempt did not arrive. True when its message has to go another way: nothing else is under way, and nobody said
/// that it arrived.
pub(super) async fn mark_bounced(
    tx: &mut Tx,
    known: &Known,
    receipt: &DeliveryReceipt,
) -> Result<bool> {
    let now = tx.now();
    sqlx::query!(
        "update notification_log
         set status = 'bounced', reason = 'refused', error = $3, provider_message_id = $4,
             finished_at = coalesce(finished_at, $5)
         where notification_id = $1 and attempt = $2 and status not in ('delivered', 'read')",
        known.notification_id as _,
        known.attempt,
        receipt.error,
        receipt.provider_message_id,
        now,
    )
    .execute(tx.db())
    .await?;
    let done = sqlx::query!(
        "update notifications set status = 'queued', send_after = $3, lease_until = null
         where id = $1 and attempts = $2 and status in ('sending', 'sent')",
        known.notification_id as _,
        known.attempt,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn mark_survey_delivered(
    tx: &mut Tx,
    survey_id: SurveyId,
    at: Option<DateTime<Utc>>,
) -> Result<()> {
    let at = at.unwrap_or(tx.now());
    sqlx::query!(
        "update surveys set delivered_at = $2 where id = $1 and delivered_at is null",
        survey_id as _,
        at,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Forgets receipts of messages that nobody knew for so long: they were never ours.
pub(super) async fn forget_strange(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64> {
    let done = sqlx::query!(
        "delete from delivery_receipts where notification_id is null and received_at < $1",
        before,
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected())
}
