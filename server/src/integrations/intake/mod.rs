//! Group commit: whatever arrives while one commit is under way shares the next.
//!
//! One durable transaction per event is bound by the disk; one per burst is not. Nobody waits for a
//! timer: an idle house commits at once, a busy one in larger groups. Lanes commit side by side; which
//! one a message takes is told by its encounter, so that no two lanes work on the same one.

mod at_once;
mod check;
mod keep;
mod lanes;
mod store;

use std::num::NonZero;
use std::sync::OnceLock;
use std::thread::available_parallelism;
use std::time::Duration;

use px360_domain::access::Reach;
use px360_domain::ids::{EventId, HospitalId, SourceId};
use px360_domain::integrations::{EventFormat, EventMessage, EventReceiptItem};
use px360_domain::{Failure, FieldFault};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

pub(super) use self::keep::keep_in;
use super::formats;
use super::shards::Shard;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::task;

/// Requests that may wait for a commit in each lane; more are told to come back.
const WAITING_MAX: usize = 4_096;

/// More lanes make smaller groups, and every group costs some forty statements.
const LANES_MAX: usize = 4;

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

/// What of a request takes one lane, and waits for its commit.
struct Waiting {
    ctx: Ctx,
    request: Request,
    answer: oneshot::Sender<Result<Vec<EventReceiptItem>>>,
}

/// The way into the inbox.
#[derive(Default)]
pub struct Intake(OnceLock<Vec<mpsc::Sender<Waiting>>>);

impl Intake {
    /// Keeps the messages of one request and answers after their commits, in their order.
    ///
    /// # Errors
    /// `TooMany` when too many wait; `Unavailable` when the database is away. What was committed by then is answered
    /// as a duplicate when it comes again.
    pub(super) async fn take(
        &self,
        ctx: &Ctx,
        reach: &Reach,
        arrivals: Vec<Arrival>,
    ) -> Result<Vec<EventReceiptItem>> {
        let lanes = self.0.get_or_init(|| open_lanes(ctx.deps().events().batch_max));
        let (parts, order) = lanes::split(arrivals, lanes.len());
        let mut answers = Vec::with_capacity(parts.len());
        for (lane, arrivals) in parts {
            let (answer, answered) = oneshot::channel();
            let request = Request { sole: reach.sole_hospital(), reach: reach.clone(), arrivals };
            let waiting = Waiting { ctx: ctx.clone(), request, answer };
            let lane = lanes.get(lane).ok_or(Failure::Unavailable)?;
            lane.try_send(waiting).map_err(|_full| Failure::TooMany { retry_after_seconds: 1 })?;
            answers.push(answered);
        }
        let mut items = Vec::with_capacity(answers.len());
        for answered in answers {
            items.push(answered.await.unwrap_or_else(|_gone| Err(Failure::Unavailable.into()))?);
        }
        Ok(lanes::join(items, &order))
    }
}

fn open_lanes(messages_max: u16) -> Vec<mpsc::Sender<Waiting>> {
    let lanes = available_parallelism().map_or(1, NonZero::get).min(LANES_MAX);
    let open = |_lane| {
        let (sender, receiver) = mpsc::channel(WAITING_MAX);
        task::spawn("intake", commit_groups(receiver, messages_max));
        sender
    };
    (0..lanes).map(open).collect()
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
    match timeout(PATIENCE, commit(&group)).await.unwrap_or_else(|_late| gave_up()) {
        Ok(answers) => {
            for (waiting, answer) in group.into_iter().zip(answers) {
                // Whoever hung up asks again under the same id and hears "duplicate".
                let _gone = waiting.answer.send(Ok(answer));
            }
        }
        // One bad request must not take its neighbours down: each once more on its own.
        Err(error) if group.len() > 1 && !error.is_database_away() => {
            for waiting in group {
                Box::pin(answer_group(vec![waiting])).await;
            }
        }
        Err(error) => {
            tracing::error!("messages could not be kept: {}", error.chain());
            for waiting in group {
                let _gone = waiting.answer.send(Err(clone_of(&error)));
            }
        }
    }
}

/// Whether it was committed is not known: who sends it again hears.
fn gave_up<T>() -> Result<T> {
    Err(Failure::Unavailable.into())
}

/// Nothing was kept; which part is away is for the log, the sender only needs to come back.
fn clone_of(error: &Error) -> Error {
    match error {
        Error::Refused(failure) => failure.clone().into(),
        Error::Broken(_) => Failure::Unavailable.into(),
    }
}

/// Keeps messages and applies them in one commit; where that cannot be, keeps them as they are, for the clockwork.
async fn commit(group: &[Waiting]) -> Result<Vec<Vec<EventReceiptItem>>> {
    let Some(first) = group.first() else { return Ok(Vec::new()) };
    let system = first.ctx.deps().system("integrations.store_events");
    let requests: Vec<&Request> = group.iter().map(|waiting| &waiting.request).collect();
    match at_once::at_once(&system, &requests).await {
        Err(error) if !error.is_database_away() => {
            tracing::warn!("a group is kept as it came: {}", error.chain());
            keep::keep(&system, &requests).await
        }
        answered => answered,
    }
}
