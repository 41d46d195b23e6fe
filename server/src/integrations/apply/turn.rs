//! Whose turn it is to apply messages in this process.

use tokio::sync::{Mutex, MutexGuard, Semaphore, SemaphorePermit};

/// One call applies, at most one waits for it.
///
/// The lock of the database keeps processes apart, but whoever waits for that holds a connection, and holds back
/// what the database could tidy up. This is waited for with empty hands.
#[derive(Debug)]
pub struct ApplyTurn {
    seats: Semaphore,
    turn: Mutex<()>,
}

/// The turn, until it is dropped.
pub(super) struct Taken<'a> {
    // The seat is given up first: else somebody could find it taken by one who is done.
    _seat: SemaphorePermit<'a>,
    _turn: MutexGuard<'a, ()>,
}

impl Default for ApplyTurn {
    fn default() -> Self {
        Self { seats: Semaphore::new(2), turn: Mutex::new(()) }
    }
}

impl ApplyTurn {
    /// Waits for the turn; nothing when somebody waits already, who will see everything that the caller sees.
    pub(super) async fn take(&self) -> Option<Taken<'_>> {
        let seat = self.seats.try_acquire().ok()?;
        Some(Taken { _seat: seat, _turn: self.turn.lock().await })
    }
}
