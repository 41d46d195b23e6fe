//! Room for files on their way in.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use px360_domain::Failure;
use tokio::sync::{Semaphore, SemaphorePermit};
use uuid::Uuid;

use crate::ctx::{Actor, Ctx};

/// Files that are taken in at once: each is held in memory until it is kept.
static ROOMS: Semaphore = Semaphore::const_new(16);

/// Whose are.
static SENDING: Mutex<BTreeSet<Uuid>> = Mutex::new(BTreeSet::new());

/// How long to wait while others send theirs.
const RETRY_SECONDS: u32 = 5;

fn sending() -> MutexGuard<'static, BTreeSet<Uuid>> {
    SENDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Room for one file, as long as it is held.
#[derive(Debug)]
pub struct FileRoom {
    whose: Uuid,
    _room: SemaphorePermit<'static>,
}

impl Drop for FileRoom {
    fn drop(&mut self) {
        sending().remove(&self.whose);
    }
}

/// Room for a file that is about to be sent: before it is taken in, for nobody may fill our memory.
///
/// Everybody has one, so that nobody who sends slowly keeps the others waiting.
///
/// # Errors
/// `Forbidden` for whoever neither answers nor tries out; `TooMany` while others, or they themselves, are sending.
pub fn room_for_file(ctx: &Ctx) -> Result<FileRoom, Failure> {
    let whose = match ctx.actor() {
        Actor::Invited { survey } => survey.0,
        _ => ctx.user_id().ok_or(Failure::Forbidden)?.0,
    };
    let busy = Failure::TooMany { retry_after_seconds: RETRY_SECONDS };
    let Ok(room) = ROOMS.try_acquire() else { return Err(busy) };
    if sending().insert(whose) { Ok(FileRoom { whose, _room: room }) } else { Err(busy) }
}
