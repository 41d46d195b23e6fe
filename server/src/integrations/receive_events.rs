//! A source hands in events.

use px360_domain::integrations::{EventReceipt, EventReceiptItem, parse};
use px360_domain::{Failure, FieldFault};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::body::RawEvent;
use super::intake::{Arrival, Message};
use crate::ctx::{Actor, Ctx};
use crate::error::Result;
use px360_domain::access::Permission;

/// Stores the messages of one request and answers when they are safe.
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
    let arrivals = events
        .into_iter()
        .map(|RawEvent(payload)| {
            let payload_hash = Sha256::digest(payload.as_bytes()).into();
            let message = read(&payload);
            Arrival { event_id: ctx.new_id(), source_id, payload, payload_hash, message }
        })
        .collect();
    let items = ctx.deps().intake().store(ctx, granted.reach().clone(), arrivals).await?;
    for item in &items {
        metrics::counter!("px360_events_received_total", "status" => item.status.as_str())
            .increment(1);
    }
    Ok(EventReceipt { items })
}

/// Reads a message as far as it can be read.
fn read(payload: &str) -> Result<Message, Vec<FieldFault>> {
    let value: Value = serde_json::from_str(payload)
        .map_err(|_unreadable| vec![FieldFault::new("", "malformed_json")])?;
    parse(&value).map(|event| Message {
        source_event_id: event.source_event_id,
        event_code: event.event_code,
        encounter_number: event.encounter_id,
        occurred_at: event.occurred_at,
        hospital: event.hospital,
    })
}

/// The id that a faulty message carries, as far as it can be told.
pub(super) fn readable_id(payload: &str) -> Option<String> {
    let value: Value = serde_json::from_str(payload).ok()?;
    match value.get("source_event_id")? {
        Value::String(id) if !id.contains('\0') => Some(id.chars().take(100).collect()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// The item of a message that was refused.
pub(super) fn rejected(arrival: &Arrival, faults: Vec<FieldFault>) -> EventReceiptItem {
    EventReceiptItem {
        source_event_id: readable_id(&arrival.payload),
        event_id: Some(arrival.event_id),
        status: px360_domain::integrations::ReceiptStatus::Rejected,
        errors: faults,
    }
}
