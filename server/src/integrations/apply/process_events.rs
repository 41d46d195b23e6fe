//! Applies messages that are kept and wait: those that could not be applied as they came.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use px360_domain::access::Permission;
use px360_domain::ids::EventId;
use px360_domain::integrations::EventStatus;
use serde_json::json;

use super::messages::apply;
use super::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::integrations::shards::{self, Shard};
use crate::journeys::published_templates_in;

/// Attempts before a message is dead and waits for a person.
const ATTEMPTS_MAX: i32 = 8;

/// Applies everything that waits, shard by shard; answers how many messages that were.
///
/// All effects of a batch commit together with its messages' new state, so a crash leaves nothing
/// half-done. When a batch fails, its messages are tried one by one: a poisonous one is put aside
/// with growing delay, the others go on.
///
/// # Errors
/// `Broken` when the database is away.
pub async fn process_events(ctx: &Ctx) -> Result<usize> {
    let mut tx = ctx.begin(ctx.require(Permission::EventProcess)?).await?;
    let shards = store::waiting_shards(&mut tx).await?;
    tx.nothing_to_do().await?;
    let mut done = 0;
    for shard in shards {
        loop {
            match process_batch(ctx, shard).await? {
                0 => break,
                n => done += n,
            }
        }
    }
    Ok(done)
}

async fn process_batch(ctx: &Ctx, shard: Shard) -> Result<usize> {
    let granted = ctx.require(Permission::EventProcess)?;
    let mut tx = ctx.begin(granted).await?;
    // It waits rather than gives up, so that whoever is woken for a new event sees it applied.
    shards::lock(&mut tx, &BTreeSet::from([shard])).await?;
    let claimed = store::claim(&mut tx, shard, i64::from(ctx.deps().events().batch_max)).await?;
    if claimed.is_empty() {
        tx.nothing_to_do().await?;
        return Ok(0);
    }
    let ids: Vec<(EventId, i32)> = claimed.iter().map(|event| (event.id, event.attempts)).collect();
    let templates = published_templates_in(&mut tx).await?;
    match apply(&mut tx, &templates, claimed).await {
        Ok(()) => tx.commit().await?,
        Err(error) => {
            tracing::warn!("a batch failed, trying its messages one by one: {}", error.chain());
            drop(tx);
            one_by_one(ctx, shard, &ids).await?;
        }
    }
    Ok(ids.len())
}

async fn one_by_one(ctx: &Ctx, shard: Shard, ids: &[(EventId, i32)]) -> Result<()> {
    for (id, attempts) in ids {
        let mut tx = ctx.begin(ctx.require(Permission::EventProcess)?).await?;
        shards::lock(&mut tx, &BTreeSet::from([shard])).await?;
        let Some(claimed) = store::claim_one(&mut tx, *id).await? else {
            tx.nothing_to_do().await?;
            continue;
        };
        let templates = published_templates_in(&mut tx).await?;
        match apply(&mut tx, &templates, vec![claimed]).await {
            Ok(()) => tx.commit().await?,
            Err(error) => {
                drop(tx);
                put_aside(ctx, *id, attempts + 1, error).await?;
            }
        }
    }
    Ok(())
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
