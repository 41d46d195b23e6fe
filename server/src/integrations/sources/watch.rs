//! The clockwork looks after sources: when they sent last, who has to know that one does badly, and what of their
//! messages is old enough to be forgotten.

use px360_domain::access::Permission;
use px360_domain::dates::in_riyadh;
use px360_domain::integrations::{SourceState, SourceView};
use px360_domain::notifications::NotificationKind;
use serde_json::json;

use super::{health, store};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::notifications::{NewNotification, Recipient, queue_in};

/// Messages that one transaction forgets the content of at most.
const BATCH: i64 = 1_000;
/// Such transactions for one source in one run at most.
const BATCHES: usize = 50;

/// Looks after every source; answers how many things were done.
///
/// Remembers when each sent last. Tells those who look after one that has been silent for too long in working
/// hours, or of which too much fails: once, until it does well again, and at most once a day. Forgets the content of
/// messages that were kept for as long as their source says; what they did, and when they came, stays.
///
/// # Errors
/// `Broken` when the database is away.
pub async fn watch_sources(ctx: &Ctx) -> Result<usize> {
    let mut tx = ctx.begin(ctx.require(Permission::EventProcess)?).await?;
    let seen = store::remember_last_received(&mut tx).await?;
    if seen > 0 {
        tx.record(Entry::done("sources.watched", "source", "").with(json!({ "sources": seen })));
        tx.commit().await?;
    } else {
        tx.nothing_to_do().await?;
    }
    Ok(tell_of_trouble(ctx).await? + forget(ctx).await?)
}

async fn tell_of_trouble(ctx: &Ctx) -> Result<usize> {
    let granted = ctx.require(Permission::EventProcess)?;
    let read = ctx.read(&granted);
    let mut sources = store::list(read, None).await?;
    let watched = |source: &SourceView| {
        source.silence_minutes_max.is_some() || source.failure_percent_max.is_some()
    };
    if !sources.iter().any(watched) {
        return Ok(0);
    }
    let told_before: Vec<_> = sources.iter().map(|source| trouble(source.health.state)).collect();
    health::judge(&mut *read.db().await?, &mut sources, ctx.now(), true).await?;
    let mut told = 0;
    for (source, before) in sources.iter().zip(told_before) {
        let trouble = trouble(source.health.state);
        if before != trouble {
            tell(ctx, source, trouble).await?;
            told += 1;
        }
    }
    Ok(told)
}

/// What of it is worth telling.
fn trouble(state: SourceState) -> Option<SourceState> {
    matches!(state, SourceState::Silent | SourceState::Failing).then_some(state)
}

/// Remembers how a source does, and tells of trouble.
async fn tell(ctx: &Ctx, source: &SourceView, trouble: Option<SourceState>) -> Result<()> {
    let mut tx = ctx.begin(ctx.require(Permission::EventProcess)?).await?;
    store::set_alerted(&mut tx, source.id, trouble).await?;
    if let Some(state) = trouble {
        let kind = match state {
            SourceState::Failing => NotificationKind::SourceFailing,
            _ => NotificationKind::SourceSilent,
        };
        let (day, now) = (in_riyadh(tx.now()).date(), tx.now());
        let keepers = store::keepers(&mut tx, source.id).await?;
        let messages: Vec<NewNotification> = keepers
            .into_iter()
            .map(|(user, hospital_id)| NewNotification {
                hospital_id,
                kind,
                recipient: Recipient::User(user),
                survey_id: None,
                action_id: None,
                source_id: Some(source.id),
                survey_version_id: None,
                dedupe_key: format!("source:{}:{state}:{user}:{day}", source.id),
                send_after: now,
            })
            .collect();
        queue_in(&mut tx, &messages).await?;
    }
    let state = trouble.map(SourceState::as_str);
    tx.record(Entry::done("source.judged", "source", source.id).with(json!({ "trouble": state })));
    tx.commit().await
}

async fn forget(ctx: &Ctx) -> Result<usize> {
    let mut tx = ctx.begin(ctx.require(Permission::EventProcess)?).await?;
    let old = store::old_content(&mut tx).await?;
    tx.nothing_to_do().await?;
    let mut forgotten = 0;
    for old in &old {
        forgotten += forget_of(ctx, old).await?;
    }
    Ok(forgotten)
}

/// Forgets the old content of one source, some of it in this run if there is much.
async fn forget_of(ctx: &Ctx, old: &store::OldContent) -> Result<usize> {
    let mut forgotten = 0;
    for _ in 0..BATCHES {
        let mut tx = ctx.begin(ctx.require(Permission::EventProcess)?).await?;
        let culled = store::cull(&mut tx, old, BATCH).await?;
        if culled == 0 {
            store::set_culled(&mut tx, old).await?;
        }
        tx.record(
            Entry::done("events.culled", "source", old.source_id)
                .with(json!({ "events": culled, "until": old.until })),
        );
        tx.commit().await?;
        if culled == 0 {
            break;
        }
        forgotten += usize::try_from(culled).unwrap_or_default();
    }
    Ok(forgotten)
}
