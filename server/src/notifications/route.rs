//! Which way a message goes, and what follows when it did not get through. Pure.

use chrono::TimeDelta;
use px360_domain::ids::NotificationId;
use px360_domain::notifications::Channel;

use crate::gateways::SendError;

/// How often one channel is tried.
pub const ATTEMPTS_MAX: usize = 5;

/// The pauses between attempts on one channel, in minutes: eighty-one together, so that a provider
/// can be away for an hour.
const PAUSES_MINUTES: [i64; 4] = [1, 5, 15, 60];

/// The shortest pause, whatever a provider asks for: `Retry-After: 0` must not burn five attempts in
/// a second.
const PAUSE_MIN: TimeDelta = TimeDelta::seconds(10);

/// One earlier attempt, as the log tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Counted from 1.
    pub number: i32,
    /// How it went.
    pub channel: Channel,
    /// Where it went, masked.
    pub address_masked: String,
    /// The channel will never take it.
    pub refused: bool,
}

/// How the recipient can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// On this channel.
    To {
        /// The channel.
        channel: Channel,
        /// How often it was tried before.
        tries: usize,
        /// Whether another channel is left after it.
        fallback: bool,
    },
    /// There is no address that a gateway could reach.
    Unreachable,
    /// Every channel has been tried often enough.
    Exhausted,
}

/// Chooses among the channels that have an address and a gateway, given in the order of preference.
///
/// A channel that refused, or was tried often enough, is left out. The channel of the last attempt
/// is kept while it can be: an attempt without a known outcome must be repeated where its key works.
pub fn choose(reachable: &[Channel], attempts: &[Attempt]) -> Route {
    if reachable.is_empty() && attempts.is_empty() {
        return Route::Unreachable;
    }
    let tries = |channel| attempts.iter().filter(|attempt| attempt.channel == channel).count();
    let refused = |channel| attempts.iter().any(|a| a.channel == channel && a.refused);
    let open: Vec<Channel> = reachable
        .iter()
        .copied()
        .filter(|channel| tries(*channel) < ATTEMPTS_MAX && !refused(*channel))
        .collect();
    let last = attempts.last().map(|attempt| attempt.channel);
    match last.filter(|channel| open.contains(channel)).or_else(|| open.first().copied()) {
        Some(channel) => Route::To { channel, tries: tries(channel), fallback: open.len() > 1 },
        None => Route::Exhausted,
    }
}

/// The key of an attempt: that of the first one on the same channel to the same address.
///
/// A retry is the same message. Whether the attempt before it was refused, broke or has no known
/// outcome, a provider that honours the key sends at most one of them.
pub fn idempotency_key(
    id: NotificationId,
    number: i32,
    channel: Channel,
    address_masked: &str,
    attempts: &[Attempt],
) -> String {
    let first = attempts
        .iter()
        .find(|earlier| earlier.channel == channel && earlier.address_masked == address_masked)
        .map_or(number, |earlier| earlier.number);
    format!("{id}-{first}")
}

/// What follows a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The same channel, after this pause.
    Again(TimeDelta),
    /// Another channel, at once.
    Fallback,
    /// Nothing: it failed for good.
    GiveUp,
}

/// What follows a failed attempt: the `tries`-th on its channel, counted from 1.
pub fn after_failure(error: &SendError, tries: usize, fallback: bool) -> Next {
    let asked = match error {
        SendError::Permanent { .. } => None,
        SendError::Retry { retry_after, .. } => Some(*retry_after),
        SendError::Unknown { .. } => Some(None),
    };
    match asked {
        Some(asked) if tries < ATTEMPTS_MAX => {
            let asked = asked.and_then(|wait| TimeDelta::from_std(wait).ok());
            Next::Again(asked.unwrap_or_else(|| pause(tries)).max(PAUSE_MIN))
        }
        _ if fallback => Next::Fallback,
        _ => Next::GiveUp,
    }
}

fn pause(tries: usize) -> TimeDelta {
    let last = PAUSES_MINUTES.len() - 1;
    TimeDelta::minutes(PAUSES_MINUTES[tries.saturating_sub(1).min(last)])
}
