//! The test bench: messages run through everything, and nothing of them is kept.

pub(super) mod store;

use std::collections::{BTreeSet, HashMap, HashSet};

use px360_domain::access::{Permission, Reach};
use px360_domain::ids::{EventId, HospitalId};
use px360_domain::integrations::{
    EventEffects, EventFormat, EventReceiptItem, EventStatus, ReceiptStatus, TRY_BYTES_MAX,
    TRY_MESSAGES_MAX, Tried, TriedMessage, TryMessages, format_of, hl7,
};
use px360_domain::{Failure, FieldFault};

use self::store::Standing;
use super::messages::apply;
use super::store::claim_one;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::integrations::body::{RawEvent, split, split_fhir};
use crate::integrations::intake::{Arrival, Request, keep_in};
use crate::integrations::receive_events::arrivals;
use crate::integrations::shards;
use crate::integrations::sources;
use crate::journeys::{Templates, journeys_of_in, published_templates_in, templates_with_in};
use crate::tx::Tx;

/// What these messages would do if this source sent them now.
///
/// They are read, resolved and applied in a transaction that is taken back. With a template named, the
/// encounters begin anew and follow it, be it a draft.
///
/// A message that the source has sent before is tried all the same, and marked.
///
/// # Errors
/// `NotFound` for a source, or a template, out of reach; `Invalid` on `payload` when there is nothing in it, or too
/// much; `Malformed` for JSON that is none.
pub async fn try_messages(ctx: &Ctx, cmd: TryMessages) -> Result<Tried> {
    let granted = ctx.require(Permission::EventReplay)?;
    let reach = sources::reach_of(ctx.read(&granted), cmd.source_id).await?;
    let reach = reach.ok_or_else(|| Failure::not_found("source"))?;
    if let Some(template) = cmd.template_id {
        crate::journeys::template(ctx, template).await?;
    }
    let events = messages_of(&cmd.payload)?;
    let system = ctx.deps().system("integrations.try_messages");
    let mut tx = system.begin(system.require(Permission::EventProcess)?).await?;
    store::begin(&mut tx).await?;
    let mut request = Request {
        reach: within(&reach, granted.reach()),
        sole: reach.sole_hospital(),
        arrivals: arrivals(ctx, cmd.source_id, events),
    };
    let shards = request.arrivals.iter().map(Arrival::shard).collect();
    shards::lock(&mut tx, &shards).await?;
    let known = make_room(&mut tx, &mut request).await?;
    let (mut answers, _kept) = keep_in(&mut tx, &[&request]).await?;
    let receipts = answers.pop().unwrap_or_default();
    let ids: Vec<EventId> = receipts
        .iter()
        .filter(|item| item.status == ReceiptStatus::Accepted)
        .filter_map(|item| item.event_id)
        .collect();
    let templates = match cmd.template_id {
        Some(id) => {
            store::set_journeys_aside(&mut tx, &ids).await?;
            templates_with_in(&mut tx, id).await?
        }
        None => published_templates_in(&mut tx).await?,
    };
    let broken = apply_those_that_can_be(&mut tx, &templates, &ids).await?;
    let all: Vec<EventId> = request.arrivals.iter().map(|arrival| arrival.event_id).collect();
    let mut standing = store::standing(&mut tx, &all).await?;
    let journeys = journeys_of_in(ctx, &mut tx, &encounters(&ids, &standing)).await?;
    tx.nothing_to_do().await?;
    let pairs = request.arrivals.iter().zip(&receipts);
    let items = pairs.map(|pair| {
        let id = pair.0.event_id;
        let item = item(pair, standing.remove(&id), &known);
        if broken.contains(&id) { broken_item(item) } else { item }
    });
    let items = items.collect();
    Ok(Tried { items, journeys })
}

/// Applies messages; answers which of them cannot be: the clockwork would put those aside alone.
async fn apply_those_that_can_be(
    tx: &mut Tx,
    templates: &Templates,
    ids: &[EventId],
) -> Result<HashSet<EventId>> {
    let point = tx.save_point().await?;
    let mut claimed = Vec::with_capacity(ids.len());
    for id in ids {
        claimed.extend(claim_one(tx, *id).await?);
    }
    let Err(error) = apply(tx, templates, claimed).await else {
        tx.past(point).await?;
        return Ok(HashSet::new());
    };
    tx.back_to(point).await?;
    tracing::info!("messages on trial could not be applied: {}", error.chain());
    let mut broken = HashSet::new();
    if let [alone] = ids {
        broken.insert(*alone);
        return Ok(broken);
    }
    for id in ids {
        broken.extend(Box::pin(apply_those_that_can_be(tx, templates, &[*id])).await?);
    }
    Ok(broken)
}

/// What becomes of a message that cannot be applied, in the end.
fn broken_item(item: TriedMessage) -> TriedMessage {
    TriedMessage {
        status: EventStatus::Dead,
        faults: vec![FieldFault::new("", "cannot_be_applied")],
        ..item
    }
}

fn messages_of(payload: &str) -> Result<Vec<RawEvent>> {
    if payload.len() > TRY_BYTES_MAX {
        return Err(Failure::invalid("payload", "too_long").into());
    }
    if payload.trim().is_empty() {
        return Err(Failure::invalid("payload", "required").into());
    }
    let events = match format_of(payload) {
        EventFormat::Json => split(payload).map_err(in_the_payload)?,
        // It was decoded when it was pasted, whatever set of characters it names.
        EventFormat::Hl7v2 => hl7::split(payload)
            .into_iter()
            .map(|payload| RawEvent { format: EventFormat::Hl7v2, payload, fault: None })
            .collect(),
        EventFormat::Fhir => split_fhir(payload).map_err(in_the_payload)?.0,
    };
    if events.is_empty() {
        return Err(Failure::invalid("payload", "no_events").into());
    }
    if events.len() > TRY_MESSAGES_MAX {
        return Err(Failure::invalid("payload", "too_many").into());
    }
    Ok(events)
}

/// What the door calls a body is a field here.
fn in_the_payload(error: Error) -> Error {
    match error {
        Error::Refused(Failure::Invalid { faults }) => {
            let code = faults.first().map_or("malformed", |fault| fault.code.as_str());
            Failure::invalid("payload", code).into()
        }
        error => error,
    }
}

/// The hospitals that a source speaks for and the caller reaches.
fn within(source: &Reach, caller: &Reach) -> Reach {
    match (source.all, caller.all) {
        (true, _) => caller.clone(),
        (false, true) => source.clone(),
        (false, false) => Reach {
            hospitals: source
                .hospitals
                .iter()
                .copied()
                .filter(|hospital| caller.hospitals.contains(hospital))
                .collect(),
            ..Reach::default()
        },
    }
}

/// Takes messages that came before under the same ids out of the way, and sees to it that whoever sends one of
/// them meanwhile does not wait for us; answers which ids came before.
async fn make_room(tx: &mut Tx, request: &mut Request) -> Result<BTreeSet<String>> {
    let mut known = BTreeSet::new();
    for arrival in &mut request.arrivals {
        let Ok(message) = &mut arrival.message else { continue };
        let (facility, id) = (&message.facility, &message.source_event_id);
        if store::set_event_aside(tx, arrival.source_id, facility, id).await? {
            known.insert(id.clone());
        }
        message.facility = format!("trial of {}", message.facility);
    }
    Ok(known)
}

fn encounters(ids: &[EventId], standing: &HashMap<EventId, Standing>) -> Vec<(HospitalId, String)> {
    let rows = ids.iter().filter_map(|id| standing.get(id));
    let encounters = rows.filter_map(|row| row.hospital_id.zip(row.encounter_number.clone()));
    encounters.collect::<BTreeSet<_>>().into_iter().collect()
}

fn item(
    (arrival, receipt): (&Arrival, &EventReceiptItem),
    standing: Option<Standing>,
    known: &BTreeSet<String>,
) -> TriedMessage {
    let message = arrival.message.as_ref().ok();
    let item = TriedMessage {
        event_id: arrival.event_id,
        format: arrival.format,
        source_event_id: receipt.source_event_id.clone(),
        event_code: message.map(|message| message.event_code.clone()),
        encounter_id: message.and_then(|message| message.encounter_id.clone()),
        occurred_at: message.map(|message| message.occurred_at),
        duplicate: true,
        faults: receipt.errors.clone(),
        warnings: Vec::new(),
        status: EventStatus::Ignored,
        reason: None,
        waits_for_kind: None,
        waits_for: None,
        effects: EventEffects::default(),
    };
    // The same id twice in what is tried: the second is a duplicate of the first, and was not kept.
    let Some(standing) = standing else { return item };
    TriedMessage {
        duplicate: receipt.source_event_id.as_ref().is_some_and(|id| known.contains(id)),
        warnings: message.map(|message| message.warnings.clone()).unwrap_or_default(),
        status: standing.status,
        reason: standing.reason,
        waits_for_kind: standing.waits_for_kind,
        waits_for: standing.waits_for,
        effects: standing.effects,
        ..item
    }
}
