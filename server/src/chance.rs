//! Chance as a parameter: ids, keys and salts.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use uuid::Uuid;

/// Where the program asks for chance.
#[derive(Debug)]
pub struct Chance(Mutex<StdRng>);

impl Chance {
    /// Chance from the operating system; `StdRng` is a cryptographic generator.
    pub fn from_system() -> Self {
        Self(Mutex::new(rand::make_rng()))
    }

    /// The same chance every time: for tests and demo data, never for secrets.
    pub fn seeded(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }

    /// A `UUIDv7`: ordered by time, so that indexes grow at one end.
    pub fn id(&self, now: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        let random: [u8; 10] = self.rng(RngExt::random);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    /// This many random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        self.rng(RngExt::random)
    }

    /// A number below this one, which must not be zero.
    pub fn below(&self, end: u32) -> u32 {
        self.rng(|rng| rng.random_range(0..end.max(1)))
    }

    fn rng<T>(&self, draw: impl FnOnce(&mut StdRng) -> T) -> T {
        draw(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
