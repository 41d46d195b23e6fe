//! API keys of sources, remembered for a moment.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use px360_domain::Failure;
use sha2::{Digest as _, Sha256};

use super::store;
use crate::ctx::Actor;
use crate::deps::Deps;
use crate::error::Result;

/// How long a key that was taken away may still be accepted.
const TTL: TimeDelta = TimeDelta::seconds(5);

/// A hospital group has dozens of sources; the bound is against our own mistakes.
const KEYS_MAX: usize = 1_024;

/// Longer than any key that we ever gave out.
const KEY_BYTES_MAX: usize = 200;

/// The keys that were right a moment ago.
///
/// The intake of events is the hot path of the house: thousands of requests a second with a handful
/// of keys, each of which would otherwise cost a query before the batch it joins. Only right keys
/// are remembered, so wrong ones cannot crowd them out.
#[derive(Default)]
pub(crate) struct SourceKeys(Mutex<HashMap<[u8; 32], Remembered>>);

struct Remembered {
    actor: Actor,
    at: DateTime<Utc>,
}

impl SourceKeys {
    /// The source that holds this key.
    pub(crate) async fn find(&self, deps: &Deps, key: &str) -> Result<Option<Actor>> {
        if key.is_empty() || key.len() > KEY_BYTES_MAX {
            return Ok(None);
        }
        let hash = hash_api_key(key);
        let now = deps.clock().now();
        if let Some(actor) = self.recall(&hash, now) {
            return Ok(Some(actor));
        }
        let Some(source) = store::find_source(deps.pool(), &hash).await? else { return Ok(None) };
        let actor = Actor::Source { id: source.id, hospitals: source.hospitals };
        self.remember(hash, actor.clone(), now);
        Ok(Some(actor))
    }

    fn recall(&self, hash: &[u8; 32], now: DateTime<Utc>) -> Option<Actor> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(hash).filter(|known| known.is_fresh(now)).map(|known| known.actor.clone())
    }

    fn remember(&self, hash: [u8; 32], actor: Actor, at: DateTime<Utc>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KEYS_MAX {
            known.retain(|_, known| known.is_fresh(at));
        }
        if known.len() < KEYS_MAX {
            known.insert(hash, Remembered { actor, at });
        }
    }
}

impl Remembered {
    fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        // `abs`: a clock that was set back must not keep a key for hours.
        (now - self.at).abs() < TTL
    }
}

/// The source that sends under this name, which no key proves: for doors that only hospital systems reach.
///
/// # Errors
/// `Unauthenticated` when no source does.
pub(crate) async fn of_sender(deps: &Deps, application: &str, facility: &str) -> Result<Actor> {
    let found = store::find_sender(deps.pool(), application, facility).await?;
    let source = found.ok_or(Failure::Unauthenticated)?;
    Ok(Actor::Source { id: source.id, hospitals: source.hospitals })
}

/// What is stored of an API key. Keys are random and long, so a fast hash without salt is enough.
pub fn hash_api_key(key: &str) -> [u8; 32] {
    Sha256::digest(key.as_bytes()).into()
}
