//! Claims one message, decides about it and writes down what is about to be tried.

use chrono::TimeDelta;
use px360_domain::ids::{FatigueRuleId, HospitalId, NotificationId, SurveyId};
use px360_domain::notifications::{
    Channel, NotificationKind, NotificationStatus, SuppressionReason, TextMessage,
};
use px360_domain::paths;
use serde_json::json;

use super::attempts::{self, BegunAttempt, EndedAttempt};
use super::deliver::Full;
use super::due::{Destination, Due};
use super::eligibility::{Decision, Facts, decide};
use super::fatigue;
use super::quotas;
use super::render::{Links, render};
use super::route::{self, Attempt, Route};
use super::settle;
use super::store;
use crate::audit::Entry;
use crate::ctx::{Ctx, Granted};
use crate::error::Result;
use crate::gateways::OutgoingMessage;
use crate::tx::Tx;

/// After this long a worker that took a message and never came back is given up. Much longer than
/// any gateway may take.
const LEASE: TimeDelta = TimeDelta::minutes(2);

/// What became of a message that was due.
pub(super) enum Started {
    /// Somebody else has it, or it is no longer due.
    NotOurs,
    /// Its channel bears no more within this minute.
    NoRoom,
    /// It does not go out now.
    Settled,
    /// It is written down as on its way; now it has to go.
    Sending(Box<Sending>),
}

/// One attempt that is written down and not yet made.
pub(super) struct Sending {
    pub(super) id: NotificationId,
    pub(super) hospital_id: HospitalId,
    pub(super) survey_id: Option<SurveyId>,
    pub(super) number: i32,
    /// Through whom.
    pub(super) provider: &'static str,
    /// How often this channel was tried, this time included.
    pub(super) tries: usize,
    /// Whether another channel is left.
    pub(super) fallback: bool,
    pub(super) message: OutgoingMessage,
}

/// Claims one message and decides about it, in one unit of work.
pub(super) async fn start(
    ctx: &Ctx,
    granted: Granted,
    full: &Full,
    id: NotificationId,
) -> Result<Started> {
    let mut tx = ctx.begin(granted).await?;
    let Some(due) = store::lock_due(&mut tx, id).await? else {
        tx.nothing_to_do().await?;
        return Ok(Started::NotOurs);
    };
    if due.status == NotificationStatus::Sending {
        give_up_worker(&mut tx, &due).await?;
    }
    let attempts = attempts::list_attempts(&mut tx, id).await?;
    let (destinations, stopped) = due.destinations(ctx.deps().gateways().reachable(), tx.now());
    let reachable: Vec<Channel> = destinations.iter().map(|it| it.channel).collect();
    let route = route::choose(&reachable, &attempts);
    if matches!(route, Route::To { channel, .. } if full.has(channel)) {
        tx.nothing_to_do().await?;
        return Ok(Started::NoRoom);
    }
    let unwanted = match due.survey_id.filter(|_| due.counts_quotas) {
        Some(survey) => quotas::end_at_once(&mut tx, survey).await?,
        None => false,
    };
    let tired_of = tired_of(&mut tx, &due, route).await?;
    let every_way_stopped = destinations.is_empty() && !stopped.is_empty();
    let facts = Facts {
        now: tx.now(),
        invitation: due.invitation((unwanted, tired_of.is_some()), every_way_stopped),
        staff: due.staff(),
        route,
        tried: !attempts.is_empty(),
    };
    let started = match decide(&facts) {
        Decision::Send(channel) => {
            send(&mut tx, &due, &attempts, route, destinations, channel).await?
        }
        decision => {
            settle_as(&mut tx, &due, decision, tired_of).await?;
            Started::Settled
        }
    };
    if let (Started::NoRoom, Route::To { channel, .. }) = (&started, route) {
        full.note(channel);
        tx.nothing_to_do().await?;
    } else {
        tx.commit().await?;
    }
    Ok(started)
}

async fn settle_as(
    tx: &mut Tx,
    due: &Due,
    decision: Decision,
    tired_of: Option<FatigueRuleId>,
) -> Result<()> {
    match decision {
        Decision::Suppress(reason) => {
            let rule = tired_of.filter(|_| reason == SuppressionReason::Fatigue);
            settle::suppress(tx, due, reason, rule).await
        }
        Decision::Defer(until) => settle::defer(tx, due, until).await,
        Decision::Arrived => settle::arrived(tx, due).await,
        Decision::GiveUp | Decision::Send(_) => settle::give_up(tx, due).await,
    }
}

/// The worker that took this message is gone; whether the message went out, nobody knows.
async fn give_up_worker(tx: &mut Tx, due: &Due) -> Result<()> {
    let ended = EndedAttempt {
        status: "unknown",
        reason: Some("worker_died"),
        error: None,
        provider_message_id: None,
    };
    attempts::end_attempt(tx, due.id, due.attempts, &ended).await?;
    tx.record(
        Entry::done("notification.outcome_unknown", "notification", due.id)
            .in_hospital(due.hospital_id)
            .with(json!({ "attempt": due.attempts })),
    );
    settle::count("unknown");
    Ok(())
}

/// The fatigue rule by which this patient, or this phone, was asked often enough.
async fn tired_of(tx: &mut Tx, due: &Due, route: Route) -> Result<Option<FatigueRuleId>> {
    let (NotificationKind::SurveyInvitation, Some(patient_id), Route::To { channel, .. }) =
        (due.kind, due.patient_id, route)
    else {
        return Ok(None);
    };
    let phone = due.phone(tx.now());
    fatigue::take_turn(tx, patient_id, phone).await?;
    fatigue::first_broken(tx, due, channel, phone).await
}

/// Writes the attempt down. The message itself lives in memory only.
async fn send(
    tx: &mut Tx,
    due: &Due,
    attempts: &[Attempt],
    route: Route,
    destinations: Vec<Destination>,
    channel: Channel,
) -> Result<Started> {
    let destination = destinations.into_iter().find(|it| it.channel == channel);
    let provider = tx.ctx().deps().gateways().get(channel).map(crate::gateways::Gateway::provider);
    let (Some(to), Some(provider), Some(link), Route::To { tries, fallback, .. }) =
        (destination, provider, due.link(tx.ctx()), route)
    else {
        // An invitation without a survey: somebody's mistake, and no later attempt repairs it.
        settle::give_up(tx, due).await?;
        return Ok(Started::Settled);
    };
    let per_minute = tx.ctx().deps().gateways().terms(channel).per_minute;
    if let Some(per_minute) = per_minute
        && !attempts::has_room(tx, channel, per_minute).await?
    {
        return Ok(Started::NoRoom);
    }
    let (number, language) = (due.attempts + 1, due.language());
    let stop = paths::stop(&link);
    let links = Links { link: &link, stop: &stop };
    let words = render(due.kind, channel, language, &due.values(), links);
    let cost = (channel == Channel::Sms)
        .then(|| i16::try_from(TextMessage::of(&words.text).parts).unwrap_or(i16::MAX));
    let key = route::idempotency_key(due.id, number, channel, &to.masked, attempts);
    let begun = BegunAttempt {
        number,
        channel,
        provider,
        address_masked: &to.masked,
        language,
        body: &words.logged,
        idempotency_key: &key,
        segments: cost,
    };
    store::mark_sending(tx, due.id, (number, channel), tx.now() + LEASE).await?;
    attempts::insert_attempt(tx, due, &begun).await?;
    tx.record(
        Entry::done("notification.send_started", "notification", due.id)
            .in_hospital(due.hospital_id)
            .with(json!({ "attempt": number, "channel": channel, "provider": provider })),
    );
    let message = OutgoingMessage {
        idempotency_key: key,
        at: tx.now(),
        channel,
        address: to.address,
        language,
        subject: words.subject,
        text: words.text,
        link: Some(link),
        stop: due.patient_id.is_some().then_some(stop),
    };
    Ok(Started::Sending(Box::new(Sending {
        id: due.id,
        hospital_id: due.hospital_id,
        survey_id: due.survey_id,
        number,
        provider,
        tries: tries + 1,
        fallback,
        message,
    })))
}
