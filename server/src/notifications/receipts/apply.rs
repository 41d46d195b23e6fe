//! Brings a message to where its provider says that it is.

use px360_domain::access::Permission;
use serde_json::json;

use super::super::settle;
use super::store::{self, Known};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::gateways::{DeliveryReceipt, ReceiptStep};
use crate::jobs::Wake;
use crate::tx::Tx;

pub(in crate::notifications) use super::store::take_turn;

/// Keeps a receipt, and applies it when it is clear to what.
pub(super) async fn take(ctx: &Ctx, provider: &str, receipt: &DeliveryReceipt) -> Result<()> {
    let granted = ctx.require(Permission::NotificationDeliver)?;
    let mut tx = ctx.begin(granted).await?;
    take_turn(&mut tx, provider, &receipt.provider_message_id).await?;
    if !store::insert(&mut tx, provider, receipt).await? {
        metrics::counter!("px360_delivery_receipts_total", "outcome" => "double").increment(1);
        return tx.nothing_to_do().await;
    }
    let known = store::lock_attempt(&mut tx, provider, receipt).await?;
    if let Some(known) = known {
        place(&mut tx, provider, &known, receipt).await?;
    } else {
        tx.record(Entry::done("delivery_receipt.kept", "delivery_receipt", "").with(json!({
            "provider": provider, "status": receipt.status
        })));
        metrics::counter!("px360_delivery_receipts_total", "outcome" => "early").increment(1);
    }
    tx.commit().await
}

/// Applies what came before the answer in which the provider told us what it calls the message.
pub(in crate::notifications) async fn catch_up(
    tx: &mut Tx,
    provider: &str,
    provider_message_id: &str,
) -> Result<()> {
    for receipt in store::list_waiting(tx, provider, provider_message_id).await? {
        if let Some(known) = store::lock_attempt(tx, provider, &receipt).await? {
            place(tx, provider, &known, &receipt).await?;
        }
    }
    Ok(())
}

async fn place(
    tx: &mut Tx,
    provider: &str,
    known: &Known,
    receipt: &DeliveryReceipt,
) -> Result<()> {
    store::mark_placed(tx, provider, receipt, known.notification_id).await?;
    let action = match receipt.status {
        ReceiptStep::Failed => bounced(tx, known, receipt).await?,
        arrived => came_so_far(tx, known, receipt, arrived).await?,
    };
    let detail = json!({ "attempt": known.attempt, "provider": provider, "error": receipt.error });
    let entry = Entry::done(action, "notification", known.notification_id);
    tx.record(entry.in_hospital(known.hospital_id).with(detail));
    Ok(())
}

/// It got so far at least; never back.
async fn came_so_far(
    tx: &mut Tx,
    known: &Known,
    receipt: &DeliveryReceipt,
    status: ReceiptStep,
) -> Result<&'static str> {
    store::advance(tx, known, receipt).await?;
    if let Some(survey_id) = known.survey_id {
        settle::survey_sent(tx, survey_id).await?;
        if status != ReceiptStep::Sent {
            store::mark_survey_delivered(tx, survey_id, receipt.at).await?;
        }
    }
    Ok(match status {
        ReceiptStep::Read => "notification.read",
        ReceiptStep::Delivered => "notification.delivered",
        _ => "notification.sent",
    })
}

/// It did not arrive by this channel, for good: the next run chooses another one, or gives up.
async fn bounced(tx: &mut Tx, known: &Known, receipt: &DeliveryReceipt) -> Result<&'static str> {
    if store::mark_bounced(tx, known, receipt).await? {
        settle::count("bounced");
        tx.wake(Wake::DeliverNotifications);
    }
    Ok("notification.bounced")
}
