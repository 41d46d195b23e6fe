//! Group commit: whatever arrives while one commit is under way shares the next.
//!
//! One durable transaction per event is bound by the disk; one per burst is not. Nobody waits for a
//! timer: an idle house commits at once, a busy one in larger groups.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use chrono::{DateTime, Utc};
use px360_domain::access::{Permission, Reach};
use px360_domain::ids::{EventId, HospitalId, SourceId};
use px360_domain::integrations::{EventFormat, EventReceiptItem, ReceiptStatus};
use px360_domain::{Failure, FieldFault};
use serde_json::json;
use tokio::sync::{mpsc, oneshot};

use super::mappings::{self, Mappings};
use super::receive_events::rejected;
use super::{formats, store};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::jobs::Wake;
use crate::task;
use crate::tx::Tx;

/// Requests that may wait for a commit; more are told to come back.
const WAITING_MAX: usize = 4_096;

/// One message of a request, on its way to the inbox.
pub(super) struct Arrival {
    pub(super) event_id: EventId,
    pub(super) source_id: SourceId,
    pub(super) format: EventFormat,
    pub(super) payload: String,
    pub(super) payload_hash: [u8; 32],
    pub(super) message: Result<Message, Vec<FieldFault>>,
}

impl Arrival {
    /// The id that it carries, as far as it can be told.
    pub(super) fn readable_id(&self) -> Option<String> {
        formats::readable_id(self.format, &self.payload, &self.payload_hash)
    }
}

/// What of a message the inbox needs to know.
pub(super) struct Message {
    pub(super) source_event_id: String,
    pub(super) facility: String,
    pub(super) event_code: String,
    pub(super) encounter_number: Option<String>,
    pub(super) occurred_at: DateTime<Utc>,
    pub(super) hospital: String,
    pub(super) warnings: Vec<FieldFault>,
}

/// The messages of one request, and for which hospitals they may speak.
pub(super) struct Request {
    pub(super) reach: Reach,
    /// The hospital of a source that has but one.
    pub(super) sole: Option<HospitalId>,
    pub(super) arrivals: Vec<Arrival>,
}

/// One request that waits for its commit.
struct Waiting {
    ctx: Ctx,
    request: Request,
    answer: oneshot::Sender<Result<Vec<EventReceiptItem>>>,
}

/// The way into the inbox.
#[derive(Default)]
pub struct Intake(OnceLock<mpsc::Sender<Waiting>>);

impl Intake {
    /// Stores the messages of one request and answers after the commit.
    pub(super) async fn store(
        &self,
        ctx: &Ctx,
        reach: Reach,
        arrivals: Vec<Arrival>,
    ) -> Result<Vec<EventReceiptItem>> {
        let queue = self.0.get_or_init(|| {
            let (sender, receiver) = mpsc::channel(WAITING_MAX);
            task::spawn("intake", commit_groups(receiver, ctx.deps().events().batch_max));
            sender
        });
        let (answer, answered) = oneshot::channel();
        let request = Request { sole: reach.sole_hospital(), reach, arrivals };
        let waiting = Waiting { ctx: ctx.clone(), request, answer };
        queue.try_send(waiting).map_err(|_full| Failure::TooMany { retry_after_seconds: 1 })?;
        answered.await.unwrap_or_else(|_gone| Err(Failure::Unavailable.into()))
    }
}

async fn commit_groups(mut queue: mpsc::Receiver<Waiting>, messages_max: u16) {
    while let Some(first) = queue.recv().await {
        let mut messages = first.request.arrivals.len();
        let mut group = vec![first];
        while messages < usize::from(messages_max) {
            let Ok(next) = queue.try_recv() else { break };
            messages += next.request.arrivals.len();
            group.push(next);
        }
        answer_group(group).await;
    }
}

async fn answer_group(group: Vec<Waiting>) {
    match store_group(&group).await {
        Ok(answers) => {
            for (waiting, answer) in group.into_iter().zip(answers) {
                // Whoever hung up asks again under the same id and hears "duplicate".
                let _gone = waiting.answer.send(Ok(answer));
            }
        }
        Err(error) if group.len() == 1 => {
            for waiting in group {
                let _gone = waiting.answer.send(Err(clone_of(&error)));
                tracing::error!("a message could not be stored: {}", error.chain());
            }
        }
        // One bad request must not take its neighbours down: each once more on its own.
        Err(_) => {
            for waiting in group {
                Box::pin(answer_group(vec![waiting])).await;
            }
        }
    }
}

/// Nothing was stored; which part is away is for the log, the sender only needs to come back.
fn clone_of(error: &Error) -> Error {
    match error {
        Error::Refused(failure) => failure.clone().into(),
        Error::Broken(_) => Failure::Unavailable.into(),
    }
}

async fn store_group(group: &[Waiting]) -> Result<Vec<Vec<EventReceiptItem>>> {
    let Some(first) = group.first() else { return Ok(Vec::new()) };
    let system = first.ctx.deps().system("integrations.store_events");
    let granted = system.require(Permission::EventProcess)?;
    let mut tx = system.begin(granted).await?;
    let requests: Vec<&Request> = group.iter().map(|waiting| &waiting.request).collect();
    let (answers, stored) = store_in(&mut tx, &requests).await?;
    tx.record(Entry::done("events.received", "inbound_event", "").with(json!({
        "source_ids": sources(&requests),
        "stored": stored,
    })));
    tx.wake(Wake::ProcessEvents);
    tx.commit().await?;
    Ok(answers)
}

/// Stores the messages of some requests; answers what became of each, and how many are new.
pub(super) async fn store_in(
    tx: &mut Tx,
    requests: &[&Request],
) -> Result<(Vec<Vec<EventReceiptItem>>, usize)> {
    let hospitals = Hospitals {
        by_code: store::hospitals(tx, codes_of_hospitals(requests)).await?,
        mappings: mappings::of_sources(tx, &sources(requests)).await?,
    };
    let accepted = store::insert_events(tx, &rows(requests, &hospitals)).await?;
    let mut answers = Vec::with_capacity(requests.len());
    for request in requests {
        answers.push(answer(tx, request, &hospitals, &accepted).await?);
    }
    Ok((answers, accepted.len()))
}

fn sources(requests: &[&Request]) -> BTreeSet<SourceId> {
    let arrivals = requests.iter().flat_map(|request| &request.arrivals);
    arrivals.map(|arrival| arrival.source_id).collect()
}

fn codes_of_hospitals(requests: &[&Request]) -> Vec<String> {
    let mut codes: Vec<String> = requests
        .iter()
        .flat_map(|request| &request.arrivals)
        .filter_map(|arrival| arrival.message.as_ref().ok())
        .map(|message| message.hospital.clone())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// What tells which hospital a message speaks of.
struct Hospitals {
    by_code: HashMap<String, HospitalId>,
    mappings: Mappings,
}

impl Hospitals {
    /// The hospital of a message, if it exists and its source may speak for it. A source of one hospital that
    /// calls it something of its own speaks of that one, except in our own format, where codes are ours.
    fn of(
        &self,
        arrival: &Arrival,
        message: &Message,
        request: &Request,
    ) -> Result<HospitalId, Vec<FieldFault>> {
        self.mappings
            .hospital(arrival.source_id, &message.hospital)
            .or_else(|| self.by_code.get(&message.hospital).copied())
            .or_else(|| request.sole.filter(|_| arrival.format != EventFormat::Json))
            .filter(|hospital| request.reach.covers(*hospital, None, None))
            .ok_or_else(|| vec![FieldFault::new("hospital", "unknown_hospital")])
    }
}

fn rows<'a>(requests: &[&'a Request], hospitals: &Hospitals) -> Vec<store::NewEvent<'a>> {
    let arrivals = requests
        .iter()
        .flat_map(|request| request.arrivals.iter().map(move |arrival| (request, arrival)));
    arrivals
        .map(|(request, arrival)| {
            let checked = arrival
                .message
                .as_ref()
                .map_err(Clone::clone)
                .and_then(|message| Ok((message, hospitals.of(arrival, message, request)?)));
            match checked {
                Ok((message, hospital_id)) => {
                    store::NewEvent::accepted(arrival, message, hospital_id)
                }
                Err(faults) => store::NewEvent::rejected(arrival, arrival.readable_id(), &faults),
            }
        })
        .collect()
}

async fn answer(
    tx: &mut Tx,
    request: &Request,
    hospitals: &Hospitals,
    accepted: &[EventId],
) -> Result<Vec<EventReceiptItem>> {
    let mut items = Vec::with_capacity(request.arrivals.len());
    for arrival in &request.arrivals {
        let item = match &arrival.message {
            Err(faults) => rejected(arrival, faults.clone()),
            Ok(message) => match hospitals.of(arrival, message, request) {
                Err(faults) => rejected(arrival, faults),
                Ok(_) if accepted.contains(&arrival.event_id) => EventReceiptItem {
                    source_event_id: Some(message.source_event_id.clone()),
                    event_id: Some(arrival.event_id),
                    status: ReceiptStatus::Accepted,
                    errors: Vec::new(),
                },
                Ok(_) => duplicate(tx, arrival, message).await?,
            },
        };
        items.push(item);
    }
    Ok(items)
}

/// The same id again is normal after a lost answer; the same id with other content is flagged.
async fn duplicate(tx: &mut Tx, arrival: &Arrival, message: &Message) -> Result<EventReceiptItem> {
    let first = store::find_first(tx, arrival.source_id, message).await?;
    let differs = first.payload_hash != arrival.payload_hash;
    if differs {
        store::flag_conflicting_payload(tx, first.id).await?;
    }
    Ok(EventReceiptItem {
        source_event_id: Some(message.source_event_id.clone()),
        event_id: Some(first.id),
        status: ReceiptStatus::Duplicate,
        errors: if differs { vec![FieldFault::new("", "payload_differs")] } else { Vec::new() },
    })
}
