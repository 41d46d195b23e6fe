//! A source hands in events.

use std::collections::BTreeSet;

use px360_domain::ids::SourceId;
use px360_domain::integrations::{EventReceipt, EventReceiptItem, ReceiptStatus};
use px360_domain::{Failure, FieldFault};
use sha2::{Digest as _, Sha256};

use super::body::RawEvent;
use super::formats;
use super::intake::Arrival;
use crate::ctx::{Actor, Ctx};
use crate::error::Result;
use px360_domain::access::Permission;

/// Keeps the messages of one request, and answers when they are safe.
///
/// Each message stands for itself: a bad one is kept for the record and refused, its neighbours
/// are taken. The answer holds one item for each message, in order.
///
/// # Errors
/// `Unauthenticated` and `Forbidden` for anybody but a source.
pub async fn receive_events(ctx: &Ctx, events: Vec<RawEvent>) -> Result<EventReceipt> {
    let granted = ctx.require(Permission::EventSend)?;
    let Actor::Source { id: source_id, .. } = *ctx.actor() else {
        return Err(Failure::Forbidden.into());
    };
    let arrivals = arrivals(ctx, source_id, events);
    let items = ctx.deps().intake().take(ctx, granted.reach().clone(), arrivals).await?;
    for item in &items {
        metrics::counter!("px360_events_received_total", "status" => item.status.as_str())
            .increment(1);
    }
    Ok(EventReceipt { items })
}

/// The messages of a source as they arrive, each with what can be read of it.
pub(super) fn arrivals(ctx: &Ctx, source_id: SourceId, events: Vec<RawEvent>) -> Vec<Arrival> {
    let arrivals = events.into_iter().map(|RawEvent { format, payload, fault }| {
        let payload_hash: [u8; 32] = Sha256::digest(payload.as_bytes()).into();
        let message = match fault {
            Some(fault) => Err(vec![fault]),
            // Which fields conditions look at is asked when it is applied.
            None => formats::read(format, &payload, &BTreeSet::new(), &payload_hash),
        };
        Arrival { event_id: ctx.new_id(), source_id, format, payload, payload_hash, message }
    });
    arrivals.collect()
}

/// The item of a message that was refused.
pub(super) fn rejected(arrival: &Arrival, faults: Vec<FieldFault>) -> EventReceiptItem {
    EventReceiptItem {
        source_event_id: arrival.readable_id(),
        event_id: Some(arrival.event_id),
        status: ReceiptStatus::Rejected,
        errors: faults,
    }
}
