//! Keeps messages as they came, and tells their senders what became of each.

use std::collections::{HashMap, HashSet};

use px360_domain::FieldFault;
use px360_domain::access::Permission;
use px360_domain::ids::EventId;
use px360_domain::integrations::{EventReceiptItem, ReceiptStatus};
use serde_json::json;

use super::Request;
use super::check::{Checked, check, sources};
use super::store::{self, EventKey, FirstEvent};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::integrations::receive_events::rejected;
use crate::jobs::Wake;
use crate::tx::Tx;

/// Keeps the messages of some requests and wakes whoever applies them; answers what became of each.
pub(super) async fn keep(ctx: &Ctx, requests: &[&Request]) -> Result<Vec<Vec<EventReceiptItem>>> {
    let mut tx = ctx.begin(ctx.require(Permission::EventProcess)?).await?;
    let (answers, kept) = keep_in(&mut tx, requests).await?;
    tx.record(received(requests, kept));
    tx.wake(Wake::ProcessEvents);
    tx.commit().await?;
    Ok(answers)
}

/// Keeps the messages of some requests; answers what became of each, and how many are new.
pub(in crate::integrations) async fn keep_in(
    tx: &mut Tx,
    requests: &[&Request],
) -> Result<(Vec<Vec<EventReceiptItem>>, usize)> {
    let checked = check(tx, requests).await?;
    let accepted = store::insert_events(tx, &checked, &HashMap::new()).await?;
    Ok((answer(tx, requests, &checked, &accepted).await?, accepted.len()))
}

/// What is remembered of messages that came.
pub(super) fn received(requests: &[&Request], kept: usize) -> Entry {
    Entry::done("events.received", "inbound_event", "")
        .with(json!({ "source_ids": sources(requests), "stored": kept }))
}

/// What became of each message, request by request.
pub(super) async fn answer(
    tx: &mut Tx,
    requests: &[&Request],
    checked: &[Checked<'_>],
    accepted: &HashSet<EventId>,
) -> Result<Vec<Vec<EventReceiptItem>>> {
    let again =
        |one: &&Checked<'_>| one.placed.is_ok() && !accepted.contains(&one.arrival.event_id);
    let keys: Vec<EventKey> = checked.iter().filter(again).filter_map(key).collect();
    let first = store::first_events(tx, &keys).await?;
    let mut differing = Vec::new();
    let mut items = checked.iter().map(|one| {
        let first = key(one).and_then(|key| first.get(&key));
        item(one, accepted, first, &mut differing)
    });
    let answers = requests
        .iter()
        .map(|request| items.by_ref().take(request.arrivals.len()).collect())
        .collect();
    drop(items);
    store::flag_conflicting_payloads(tx, &differing).await?;
    Ok(answers)
}

/// What makes a message the same as another.
pub(super) fn key(checked: &Checked<'_>) -> Option<EventKey> {
    let message = checked.placed.as_ref().ok()?.message;
    Some((checked.arrival.source_id, message.facility.clone(), message.source_event_id.clone()))
}

/// The same id again is normal after a lost answer; the same id with other content is flagged.
fn item(
    checked: &Checked<'_>,
    accepted: &HashSet<EventId>,
    first: Option<&FirstEvent>,
    differing: &mut Vec<EventId>,
) -> EventReceiptItem {
    let Checked { arrival, placed } = checked;
    let message = match placed {
        Ok(placed) => placed.message,
        Err(faults) => return rejected(arrival, faults.clone()),
    };
    let item = |event_id, status, errors| EventReceiptItem {
        source_event_id: Some(message.source_event_id.clone()),
        event_id: Some(event_id),
        status,
        errors,
    };
    match first {
        Some(first) if !accepted.contains(&arrival.event_id) => {
            let differs = first.payload_hash != arrival.payload_hash;
            if differs {
                differing.push(first.id);
            }
            let flag = differs.then(|| FieldFault::new("", "payload_differs"));
            item(first.id, ReceiptStatus::Duplicate, flag.into_iter().collect())
        }
        _ => item(arrival.event_id, ReceiptStatus::Accepted, Vec::new()),
    }
}
