//! Applies messages that are kept and wait.

use std::time::Duration;

use chrono::TimeDelta;
use px360_domain::access::Permission;
use px360_domain::ids::EventId;
use px360_domain::integrations::EventStatus;
use serde_json::json;

use super::messages::apply;
use super::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::db::in_time;
use crate::error::{Error, Result};
use crate::integrations::shards;
use crate::journeys::published_templates_in;

/// Attempts before a message is dead and waits for a person.
const ATTEMPTS_MAX: i32 = 8;

/// How long a commit may take with everything before it; a batch takes a second, and a lock ten at most.
const PATIENCE: Duration = Duration::from_secs(30);

/// Applies everything that waits; answers how many messages that were.
///
/// All effects of a batch commit together with its messages' new state, so a crash leaves nothing
/// half-done. When a batch fails, its messages are tried one by one: a poisonous one is put aside
/// with growing delay, the others go on. While another call of this process waits for its turn, nothing is left to
/// do: that one begins later and finds whatever was committed by now.
///
/// # Errors
/// `Broken` when the database is away.
pub async fn process_events(ctx: &Ctx) -> Result<usize> {
    let Some(_turn) = ctx.deps().apply_turn().take().await else { return Ok(0) };
    let mut done = 0;
    loop {
        match process_batch(ctx).await? {
            0 => return Ok(done),
            n => done += n,
        }
    }
}

async fn process_batch(ctx: &Ctx) -> Result<usize> {
    let mut claimed = Vec::new();
    match in_time(PATIENCE, apply_next(ctx, &mut claimed)).await {
        Ok(()) => {}
        Err(error) if claimed.is_empty() || error.is_database_away() => return Err(error),
        Err(error) => {
            tracing::warn!("a batch failed, trying its messages one by one: {}", error.chain());
            one_by_one(ctx, &claimed).await?;
        }
    }
    Ok(claimed.len())
}

/// Applies the next messages in one commit; tells which, and how often each was tried before.
async fn apply_next(ctx: &Ctx, ids: &mut Vec<(EventId, i32)>) -> Result<()> {
    let mut tx = ctx.begin(ctx.require(Permission::EventProcess)?).await?;
    // It waits rather than gives up, so that whoever is woken for a new event sees it applied.
    shards::lock_all(&mut tx).await?;
    let claimed = store::claim(&mut tx, i64::from(ctx.deps().events().batch_max)).await?;
    if claimed.is_empty() {
        return tx.nothing_to_do().await;
    }
    ids.extend(claimed.iter().map(|event| (event.id, event.attempts)));
    let templates = published_templates_in(&mut tx).await?;
    apply(&mut tx, &templates, claimed).await?;
    tx.commit().await
}

async fn one_by_one(ctx: &Ctx, ids: &[(EventId, i32)]) -> Result<()> {
    for (id, attempts) in ids {
        match in_time(PATIENCE, apply_one(ctx, *id)).await {
            Ok(()) => {}
            Err(error) if error.is_database_away() => return Err(error),
            Err(error) => put_aside(ctx, *id, attempts + 1, error).await?,
        }
    }
    Ok(())
}

async fn apply_one(ctx: &Ctx, id: EventId) -> Result<()> {
    let mut tx = ctx.begin(ctx.require(Permission::EventProcess)?).await?;
    shards::lock_all(&mut tx).await?;
    let Some(claimed) = store::claim_one(&mut tx, id).await? else {
        return tx.nothing_to_do().await;
    };
    let templates = published_templates_in(&mut tx).await?;
    apply(&mut tx, &templates, vec![claimed]).await?;
    tx.commit().await
}

async fn put_aside(ctx: &Ctx, id: EventId, attempts: i32, error: Error) -> Result<()> {
    let mut tx = ctx.begin(ctx.require(Permission::EventProcess)?).await?;
    let status = if attempts < ATTEMPTS_MAX { EventStatus::Received } else { EventStatus::Dead };
    let next_attempt_at = tx.now() + TimeDelta::seconds(5 << attempts.clamp(0, 12));
    let cause = error.chain();
    tracing::error!(event = %id, attempts, "an event could not be applied: {cause}");
    store::note_failure(&mut tx, id, status, next_attempt_at, &cause).await?;
    tx.record(
        Entry::refused("event.failed", "inbound_event", id).with(json!({ "attempts": attempts })),
    );
    tx.commit().await
}
