//! Records what became of one attempt.

use std::time::Duration;

use px360_domain::ids::NotificationId;
use serde_json::{Value, json};

use super::route::{Next, after_failure};
use super::settle;
use super::start::Sending;
use super::store::{self, EndedAttempt};
use crate::audit::Entry;
use crate::ctx::{Ctx, Granted};
use crate::error::Result;
use crate::gateways::{Receipt, SendError};
use crate::tx::Tx;

/// The pauses before recording is tried again. What is not recorded is sent twice, so a moment's
/// trouble with the database is worth a little patience.
const PAUSES: [Duration; 2] = [Duration::from_millis(100), Duration::from_secs(1)];

/// Records what became of one attempt.
pub(super) async fn finish(
    ctx: &Ctx,
    granted: &Granted,
    sending: &Sending,
    outcome: &Result<Receipt, SendError>,
) -> Result<()> {
    for pause in PAUSES {
        match record(ctx, granted.clone(), sending, outcome).await {
            Ok(()) => return Ok(()),
            Err(error) => {
                let cause = anyhow::Error::new(error);
                tracing::warn!(notification = %sending.id, "recording again: {cause:#}");
                tokio::time::sleep(pause).await;
            }
        }
    }
    record(ctx, granted.clone(), sending, outcome).await
}

async fn record(
    ctx: &Ctx,
    granted: Granted,
    sending: &Sending,
    outcome: &Result<Receipt, SendError>,
) -> Result<()> {
    let mut tx = ctx.begin(granted).await?;
    let still_ours = match outcome {
        Ok(receipt) => sent(&mut tx, sending, receipt).await?,
        Err(error) => failed(&mut tx, sending, error).await?,
    };
    if still_ours {
        return tx.commit().await;
    }
    tracing::warn!(notification = %sending.id, attempt = sending.number, "came back too late");
    tx.nothing_to_do().await
}

async fn sent(tx: &mut Tx, sending: &Sending, receipt: &Receipt) -> Result<bool> {
    if !store::mark_sent(tx, sending.id, sending.number).await? {
        return Ok(false);
    }
    let ended = EndedAttempt {
        status: "sent",
        reason: None,
        error: None,
        provider_message_id: receipt.provider_message_id.as_deref(),
    };
    store::end_attempt(tx, sending.id, sending.number, &ended).await?;
    if let Some(survey_id) = sending.survey_id {
        settle::survey_sent(tx, survey_id).await?;
    }
    tx.record(entry("notification.sent", sending, json!({ "attempt": sending.number })));
    settle::count("sent");
    Ok(true)
}

async fn failed(tx: &mut Tx, sending: &Sending, error: &SendError) -> Result<bool> {
    let (id, number) = (sending.id, sending.number);
    let next = after_failure(error, sending.tries, sending.fallback);
    if !make_way(tx, id, number, next).await? {
        return Ok(false);
    }
    let (status, reason) = match error {
        SendError::Retry { .. } => ("failed", "not_now"),
        SendError::Permanent { .. } => ("failed", "refused"),
        SendError::Unknown { .. } => ("unknown", "no_answer"),
    };
    let ended = EndedAttempt {
        status,
        reason: Some(reason),
        error: Some(error.cause()),
        provider_message_id: None,
    };
    store::end_attempt(tx, id, number, &ended).await?;
    let detail = json!({ "attempt": number, "cause": error.cause() });
    let (action, outcome) = match next {
        Next::GiveUp => ("notification.failed", "failed"),
        Next::Again(_) | Next::Fallback => ("notification.attempt_failed", "attempt_failed"),
    };
    tx.record(entry(action, sending, detail));
    settle::count(outcome);
    Ok(true)
}

/// Puts the message where it belongs next; false when somebody else has it by now.
async fn make_way(tx: &mut Tx, id: NotificationId, number: i32, next: Next) -> Result<bool> {
    let now = tx.now();
    match next {
        Next::Again(pause) => store::mark_queued(tx, id, number, now + pause).await,
        Next::Fallback => store::mark_queued(tx, id, number, now).await,
        Next::GiveUp => store::mark_failed(tx, id, number).await,
    }
}

fn entry(action: &'static str, sending: &Sending, detail: Value) -> Entry {
    Entry::done(action, "notification", sending.id).in_hospital(sending.hospital_id).with(detail)
}
