//! Group commit: whatever arrives while one commit is under way shares the next.
//!
//! One durable transaction per event is bound by the disk; one per burst is not. Nobody waits for a
//! timer: an idle house commits at once, a busy one in larger groups. A small group is kept, and the clockwork
//! applies it together with others; a large one is applied as it is kept, in lanes side by side.

mod at_once;
mod check;
mod keep;
mod lanes;
mod store;

use std::sync::OnceLock;
use std::time::Duration;

use futures_util::future::join_all;
use px360_domain::access::Reach;
use px360_domain::ids::{EventId, HospitalId, SourceId};
use px360_domain::integrations::{EventFormat, EventMessage, EventReceiptItem};
use px360_domain::{Failure, FieldFault};
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

pub(super) use self::keep::keep_in;
use super::formats;
use super::shards::Shard;
use crate::ctx::Ctx;
use crate::db::in_time;
use crate::error::{Error, Result};
use crate::task;

/// Requests that may wait for a commit; more are told to come back.
const WAITING_MAX: usize = 4_096;

/// From how many messages on a group is applied as it is kept. Applying costs some thirty statements, however many
/// messages there are: fewer are cheaper together with those that come after them.
const AT_ONCE_MIN: usize = 128;

/// How long more requests are gathered after a group of several: they are on their way again, and a commit of sixty
/// costs hardly more than one of twenty. Who sends alone never waits.
const GATHERING: Duration = Duration::from_millis(2);

/// How long a group waits for a database that does not answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// One message of a request, on its way to the inbox.
pub(super) struct Arrival {
    pub(super) event_id: EventId,
    pub(super) source_id: SourceId,
    pub(super) format: EventFormat,
    pub(super) payload: String,
    pub(super) payload_hash: [u8; 32],
    pub(super) message: Result<EventMessage, Vec<FieldFault>>,
}

impl Arrival {
    /// The id that it carries, as far as it can be told.
    pub(super) fn readable_id(&self) -> Option<String> {
        formats::readable_id(self.format, &self.payload, &self.payload_hash)
    }

    /// Where its encounter belongs.
    pub(super) fn shard(&self) -> Shard {
        let message = self.message.as_ref().ok();
        Shard::of(message.and_then(|message| message.encounter_id.as_deref()))
    }
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
    /// Keeps the messages of one request and answers after their commits, in their order.
    ///
    /// # Errors
    /// `TooMany` when too many wait; `Unavailable` when the database is away. What was committed by then is answered
    /// as a duplicate when it comes again.
    pub(super) async fn take(
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
    let messages_max = usize::from(messages_max);
    while let Some(first) = queue.recv().await {
        let mut messages = first.request.arrivals.len();
        let mut group = vec![first];
        while messages < messages_max {
            let Ok(next) = queue.try_recv() else { break };
            messages += next.request.arrivals.len();
            group.push(next);
        }
        let alone = group.len() == 1;
        commit_group(group, messages >= AT_ONCE_MIN.min(messages_max)).await;
        if !alone {
            sleep(GATHERING).await;
        }
    }
}

/// Commits a group, in lanes if it is to be applied at once, and answers its requests.
async fn commit_group(group: Vec<Waiting>, at_once: bool) {
    let Some(first) = group.first() else { return };
    let system = first.ctx.deps().system("integrations.store_events");
    let (requests, answers): (Vec<Request>, Vec<_>) =
        group.into_iter().map(|waiting| (waiting.request, waiting.answer)).unzip();
    let (parts, order) = if at_once { lanes::split(requests) } else { lanes::one(requests) };
    let commits = parts.into_iter().map(|part| {
        let system = system.clone();
        task::to_its_end(async move { commit_part(&system, &part, at_once).await })
    });
    let committed = join_all(commits).await.into_iter().map(Result::unwrap_or_default).collect();
    for (answer, items) in answers.into_iter().zip(lanes::join(committed, &order)) {
        // Whoever hung up asks again under the same id and hears "duplicate".
        let _gone = answer.send(items);
    }
}

/// What became of each request of a part.
type Committed = Vec<Result<Vec<EventReceiptItem>>>;

async fn commit_part(ctx: &Ctx, requests: &[Request], at_once: bool) -> Committed {
    // When it is late, nobody knows whether it was committed: who sends it again hears.
    let error = match in_time(PATIENCE, commit(ctx, requests, at_once)).await {
        Ok(answers) => return answers.into_iter().map(Ok).collect(),
        Err(error) => error,
    };
    // One bad request must not take its neighbours down: each once more on its own.
    if requests.len() > 1 && !error.is_database_away() {
        let mut committed = Committed::with_capacity(requests.len());
        for request in requests.chunks(1) {
            committed.extend(Box::pin(commit_part(ctx, request, at_once)).await);
        }
        return committed;
    }
    tracing::error!("messages could not be kept: {}", error.chain());
    requests.iter().map(|_| Err(clone_of(&error))).collect()
}

/// Nothing was kept; which part is away is for the log, the sender only needs to come back.
fn clone_of(error: &Error) -> Error {
    match error {
        Error::Refused(failure) => failure.clone().into(),
        Error::Broken(_) => Failure::Unavailable.into(),
    }
}

/// Keeps messages, and applies them in the same commit if that is wanted and can be; otherwise the clockwork will.
async fn commit(
    ctx: &Ctx,
    requests: &[Request],
    at_once: bool,
) -> Result<Vec<Vec<EventReceiptItem>>> {
    let requests: Vec<&Request> = requests.iter().collect();
    if requests.iter().all(|request| request.arrivals.is_empty()) {
        return Ok(requests.iter().map(|_| Vec::new()).collect());
    }
    if !at_once {
        return keep::keep(ctx, &requests).await;
    }
    match at_once::at_once(ctx, &requests).await {
        Err(error) if !error.is_database_away() => {
            tracing::warn!("a group is kept as it came: {}", error.chain());
            keep::keep(ctx, &requests).await
        }
        answered => answered,
    }
}
