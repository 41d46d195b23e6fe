//! The clockwork looks after sources: when they sent last, and what of their messages is old enough to be forgotten.

use px360_domain::access::Permission;
use serde_json::json;

use super::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Messages that one transaction forgets the content of at most.
const BATCH: i64 = 1_000;

/// Remembers when each source sent last, and forgets the content of messages that were kept for as long as their
/// source says; answers how many contents went. What a message did, and when it came, stays.
///
/// # Errors
/// `Broken` when the database is away.
pub async fn watch_sources(ctx: &Ctx) -> Result<usize> {
    let mut forgotten = 0;
    let mut tx = ctx.begin(ctx.require(Permission::EventProcess)?).await?;
    let seen = store::remember_last_received(&mut tx).await?;
    if seen > 0 {
        tx.record(Entry::done("sources.watched", "source", "").with(json!({ "sources": seen })));
        tx.commit().await?;
    } else {
        tx.nothing_to_do().await?;
    }
    loop {
        let mut tx = ctx.begin(ctx.require(Permission::EventProcess)?).await?;
        let culled = store::cull(&mut tx, BATCH).await?;
        if culled == 0 {
            tx.nothing_to_do().await?;
            return Ok(forgotten);
        }
        tx.record(
            Entry::done("events.culled", "inbound_event", "").with(json!({ "events": culled })),
        );
        tx.commit().await?;
        forgotten += usize::try_from(culled).unwrap_or_default();
    }
}
