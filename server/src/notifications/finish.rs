//! Records what became of one attempt.

use std::time::Duration;

use px360_domain::ids::NotificationId;
use serde_json::{Value, json};

use super::attempts::{self, EndedAttempt};
use super::route::{Next, after_failure};
use super::start::Sending;
use super::store;
use super::{receipts, settle};
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
    let told = outcome.as_ref().ok().and_then(|receipt| receipt.provider_message_id.as_deref());
    if let Some(id) = told {
        receipts::take_turn(&mut tx, sending.provider, id).await?;
    }
    let holds = store::still_holds(&mut tx, sending.id, sending.number).await?;
    match outcome {
        Ok(_taken) => sent(&mut tx, sending, told, holds).await?,
        Err(error) => failed(&mut tx, sending, error, holds).await?,
    }
    if let Some(id) = told {
        receipts::catch_up(&mut tx, sending.provider, id).await?;
    }
    if holds {
        return tx.commit().await;
    }
    tracing::warn!(notification = %sending.id, attempt = sending.number, "came back too late");
    tx.record(entry("notification.came_late", sending, json!({ "attempt": sending.number })));
    tx.commit().await
}

async fn sent(tx: &mut Tx, sending: &Sending, told: Option<&str>, holds: bool) -> Result<()> {
    let ended =
        EndedAttempt { status: "sent", reason: None, error: None, provider_message_id: told };
    attempts::end_attempt(tx, sending.id, sending.number, &ended).await?;
    if !holds {
        return Ok(());
    }
    store::mark_sent(tx, sending.id).await?;
    if let Some(survey_id) = sending.survey_id {
        settle::survey_sent(tx, survey_id).await?;
    }
    tx.record(entry("notification.sent", sending, json!({ "attempt": sending.number })));
    settle::count("sent");
    Ok(())
}

async fn failed(tx: &mut Tx, sending: &Sending, error: &SendError, holds: bool) -> Result<()> {
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
    attempts::end_attempt(tx, sending.id, sending.number, &ended).await?;
    if !holds {
        return Ok(());
    }
    let next = after_failure(error, sending.tries, sending.fallback);
    make_way(tx, sending.id, next).await?;
    let detail = json!({ "attempt": sending.number, "cause": error.cause() });
    let (action, outcome) = match next {
        Next::GiveUp => ("notification.failed", "failed"),
        Next::Again(_) | Next::Fallback => ("notification.attempt_failed", "attempt_failed"),
    };
    tx.record(entry(action, sending, detail));
    settle::count(outcome);
    Ok(())
}

/// Puts the message where it belongs next.
async fn make_way(tx: &mut Tx, id: NotificationId, next: Next) -> Result<()> {
    let now = tx.now();
    match next {
        Next::Again(pause) => store::mark_queued(tx, id, now + pause).await,
        Next::Fallback => store::mark_queued(tx, id, now).await,
        Next::GiveUp => store::mark_failed(tx, id).await,
    }
}

fn entry(action: &'static str, sending: &Sending, detail: Value) -> Entry {
    Entry::done(action, "notification", sending.id).in_hospital(sending.hospital_id).with(detail)
}
