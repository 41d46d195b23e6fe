//! Sends what is due.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use px360_domain::access::Permission;
use px360_domain::ids::NotificationId;
use px360_domain::notifications::Channel;
use tokio::task::JoinSet;

use super::attempts;
use super::finish::finish;
use super::start::{Sending, Started, start};
use super::store;
use crate::ctx::{Ctx, Granted};
use crate::error::Result;
use crate::gateways::{Receipt, SendError};
use crate::jobs::{self, Wake};

/// How many messages are looked at in one round.
const BATCH: i64 = 50;
/// How many are on their way at the same time: providers are slow, and connections are few.
const AT_ONCE: usize = 8;
/// After so many rounds in which nothing could go, the rest is left for later: it waits behind a slow channel.
const FRUITLESS_MAX: usize = 20;
/// The longest that a gateway is waited for, below the lease: a belt for its own timeouts.
const SEND_TIMEOUT: Duration = Duration::from_secs(60);

/// Sends what is due until nothing is; says how many messages were sent, suppressed, deferred or
/// put off. Safe to run several times at once.
///
/// # Errors
/// `Broken` when the database is away, or when some messages broke after all others were handled.
pub async fn deliver_due(ctx: &Ctx) -> Result<usize> {
    let granted = ctx.require(Permission::NotificationDeliver)?;
    let mut total = Round::default();
    let full = Full::default();
    let mut fruitless = 0;
    loop {
        // What broke is left for the next run, or one message could stop all others for ever; and so is what its
        // channel has no room for.
        let due = store::list_due(ctx.read(&granted), ctx.now(), &total.left, BATCH).await?;
        let round = deliver_all(ctx, &granted, &full, due).await;
        let progress = round.handled > 0 || !round.left.is_empty();
        fruitless = if round.handled > 0 { 0 } else { fruitless + 1 };
        total.add(round);
        if !progress || fruitless == FRUITLESS_MAX {
            break;
        }
    }
    let channels = full.channels();
    if !channels.is_empty() {
        let room = attempts::next_room(ctx.read(&granted), ctx.now(), &channels).await?;
        jobs::wake_in(ctx.deps(), Wake::DeliverNotifications, room).await?;
    }
    total.first_error.map_or(Ok(total.handled), Err)
}

/// What happened in one round, or in all of them.
#[derive(Default)]
struct Round {
    handled: usize,
    /// What the next run has to see to.
    left: Vec<NotificationId>,
    first_error: Option<crate::Error>,
}

impl Round {
    fn add(&mut self, other: Self) {
        self.handled += other.handled;
        self.left.extend(other.left);
        self.first_error = self.first_error.take().or(other.first_error);
    }

    fn broke(&mut self, id: NotificationId, error: crate::Error) {
        tracing::error!(notification = %id, "a message broke");
        self.left.push(id);
        self.first_error.get_or_insert(error);
    }
}

/// Channels that bear no more messages for now, as far as this run has found out.
#[derive(Clone, Default)]
pub(super) struct Full(Arc<Mutex<BTreeSet<Channel>>>);

impl Full {
    pub(super) fn has(&self, channel: Channel) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&channel)
    }

    pub(super) fn note(&self, channel: Channel) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(channel);
    }

    fn channels(&self) -> Vec<Channel> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
    }
}

async fn deliver_all(ctx: &Ctx, granted: &Granted, full: &Full, due: Vec<NotificationId>) -> Round {
    let mut round = Round::default();
    let mut waiting = due.into_iter();
    let mut running = JoinSet::new();
    let mut names = HashMap::new();
    loop {
        while running.len() < AT_ONCE
            && let Some(id) = waiting.next()
        {
            let task = running.spawn(deliver(ctx.clone(), granted.clone(), full.clone(), id));
            names.insert(task.id(), id);
        }
        let Some(ended) = running.join_next_with_id().await else { break round };
        let (task, outcome) = match ended {
            Ok((task, outcome)) => (task, outcome),
            Err(panicked) => (panicked.id(), Err(anyhow::Error::new(panicked).into())),
        };
        match (outcome, names.get(&task)) {
            (Ok(Done::Handled), _) => round.handled += 1,
            (Ok(Done::NoRoom), Some(id)) => round.left.push(*id),
            (Ok(_not_ours), _) => {}
            (Err(error), Some(id)) => round.broke(*id, error),
            (Err(error), None) => round.first_error = Some(error),
        }
    }
}

/// What a worker did with one message.
enum Done {
    /// It is where it belongs for now.
    Handled,
    /// It was somebody else's.
    NotOurs,
    /// Its channel bears no more for now.
    NoRoom,
}

async fn deliver(ctx: Ctx, granted: Granted, full: Full, id: NotificationId) -> Result<Done> {
    match start(&ctx, granted.clone(), &full, id).await? {
        Started::NotOurs => Ok(Done::NotOurs),
        Started::NoRoom => Ok(Done::NoRoom),
        Started::Settled => Ok(Done::Handled),
        Started::Sending(sending) => {
            let outcome = hand_over(&ctx, &sending).await;
            finish(&ctx, &granted, &sending, &outcome).await?;
            Ok(Done::Handled)
        }
    }
}

/// The one place that calls a gateway. No transaction is open here.
async fn hand_over(ctx: &Ctx, sending: &Sending) -> Result<Receipt, SendError> {
    let message = &sending.message;
    let Some(gateway) = ctx.deps().gateways().get(message.channel) else {
        return Err(SendError::Permanent { cause: "no gateway".to_owned() });
    };
    tokio::time::timeout(SEND_TIMEOUT, gateway.send(message))
        .await
        .unwrap_or_else(|_elapsed| Err(SendError::Unknown { cause: "timeout".to_owned() }))
}
