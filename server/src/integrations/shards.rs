//! Shards: what lets encounters be applied side by side, and one encounter never twice at once.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use super::store;
use crate::error::Result;
use crate::tx::Tx;

/// How many there are; more than lanes, so that a later version can have more lanes while this one still runs.
const SHARDS: u8 = 16;

/// How many groups of shards are worked on side by side: more make smaller batches, and every batch costs some thirty
/// statements.
pub(super) const LANES: usize = 2;

/// One of sixteen parts of all encounters, 0 to 15.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Shard(pub(super) i32);

impl Shard {
    /// The shard of an encounter: by the first byte of the SHA-256 of its number, whichever hospital's it is. What is
    /// said of a person alone goes by the empty text.
    pub(super) fn of(encounter_number: Option<&str>) -> Self {
        let digest = Sha256::digest(encounter_number.unwrap_or_default().as_bytes());
        Self(i32::from(digest.first().copied().unwrap_or_default() % SHARDS))
    }

    /// Which lane it is in.
    pub(super) fn lane(self) -> usize {
        usize::try_from(self.0).unwrap_or_default() % LANES
    }
}

/// Waits until this transaction is the only one that applies messages of these shards.
pub(super) async fn lock(tx: &mut Tx, shards: &BTreeSet<Shard>) -> Result<()> {
    // In one order for all, so that nobody waits in a circle.
    let shards: Vec<i32> = shards.iter().map(|shard| shard.0).collect();
    store::lock_shards(tx, &shards).await
}

/// Waits until this transaction is the only one that applies messages.
pub(super) async fn lock_all(tx: &mut Tx) -> Result<()> {
    lock(tx, &(0..i32::from(SHARDS)).map(Shard).collect()).await
}

#[cfg(test)]
mod tests {
    use super::Shard;

    #[test]
    fn a_number_stays_in_its_shard_for_good() {
        // Processes of two versions work side by side for a while.
        let numbers = [None, Some(""), Some("V1"), Some("V2"), Some("زيارة ٧"), Some("0001")];
        let shards = numbers.map(|number| Shard::of(number).0);
        assert_eq!(shards, [3, 3, 10, 7, 10, 8]);
    }
}
