//! Keeps messages and applies them in the same commit: each is written once, as it stands after its effects.

use std::collections::{BTreeSet, HashMap, HashSet};

use px360_domain::access::Permission;
use px360_domain::ids::EventId;
use px360_domain::integrations::{EventFormat, EventReceiptItem};

use super::Request;
use super::check::{Checked, Placed, check};
use super::keep::{answer, key, received};
use super::store::{self, EventKey};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::integrations::apply::{Read, Settled, settle, work_out};
use crate::integrations::formats;
use crate::integrations::shards::{self, Shard};
use crate::jobs::Wake;
use crate::journeys::{Templates, published_templates_in};
use crate::tx::Tx;

/// Keeps the messages of some requests and applies them; answers what became of each.
///
/// # Errors
/// Whatever stands in the way of it: a message that breaks the rest, somebody who holds a row for long, another one
/// that brought the same message at the same time. Nothing is kept then.
pub(super) async fn at_once(
    ctx: &Ctx,
    requests: &[&Request],
) -> Result<Vec<Vec<EventReceiptItem>>> {
    let mut tx = ctx.begin(ctx.require(Permission::EventProcess)?).await?;
    store::be_brief(&mut tx).await?;
    shards::lock(&mut tx, &shards_of(requests)).await?;
    let checked = check(&mut tx, requests).await?;
    let templates = published_templates_in(&mut tx).await?;
    let messages = new_messages(&mut tx, &templates, &checked).await?;
    let new: HashSet<EventId> = messages.iter().map(|message| message.id).collect();
    let (effects, settled) = work_out(&mut tx, &templates, messages).await?;
    let (now, before): (Vec<Settled>, Vec<Settled>) =
        settled.into_iter().partition(|event| new.contains(&event.id));
    let now: HashMap<EventId, Settled> = now.into_iter().map(|event| (event.id, event)).collect();
    let accepted = store::insert_events(&mut tx, &checked, &now).await?;
    if !new.is_subset(&accepted) {
        return Err(anyhow::anyhow!("somebody else brought one of these messages just now").into());
    }
    settle(&mut tx, &before).await?;
    effects.write(&mut tx).await?;
    let answers = answer(&mut tx, requests, &checked, &accepted).await?;
    tx.record(received(requests, accepted.len()));
    let waits = |one: &Checked<'_>| {
        let id = one.arrival.event_id;
        one.placed.is_ok() && accepted.contains(&id) && !now.contains_key(&id)
    };
    if checked.iter().any(waits) {
        tx.wake(Wake::ProcessEvents);
    }
    tx.commit().await?;
    Ok(answers)
}

fn shards_of(requests: &[&Request]) -> BTreeSet<Shard> {
    let arrivals = requests.iter().flat_map(|request| &request.arrivals);
    arrivals.map(super::Arrival::shard).collect()
}

/// The messages that can be applied now: those that did not come before. Merges wait for the clockwork, because
/// they touch patients and journeys of other lanes.
async fn new_messages(
    tx: &mut Tx,
    templates: &Templates,
    checked: &[Checked<'_>],
) -> Result<Vec<Read>> {
    let keys: Vec<EventKey> = checked.iter().filter_map(key).collect();
    let mut known: HashSet<EventKey> = store::first_events(tx, &keys).await?.into_keys().collect();
    let wanted = templates.fields();
    let mut messages = Vec::with_capacity(checked.len());
    for one in checked {
        let (Ok(placed), Some(key)) = (&one.placed, key(one)) else { continue };
        if known.insert(key) && placed.message.prior_mrns.is_empty() {
            messages.push(read(one, *placed, &wanted)?);
        }
    }
    Ok(messages)
}

/// The message with the fields that conditions look at; in our own format all of them are there already.
fn read(checked: &Checked<'_>, placed: Placed<'_>, wanted: &BTreeSet<String>) -> Result<Read> {
    let arrival = checked.arrival;
    let message = if wanted.is_empty() || arrival.format == EventFormat::Json {
        placed.message.clone()
    } else {
        formats::read(arrival.format, &arrival.payload, wanted, &arrival.payload_hash)
            .map_err(|faults| anyhow::anyhow!("a message has faults by now: {faults:?}"))?
    };
    let (id, source_id) = (arrival.event_id, arrival.source_id);
    Ok(Read { id, source_id, hospital_id: placed.hospital_id, message })
}
