//! The job that reads files.

use px360_domain::access::Permission;
use px360_domain::records::{ImportStatus, RecordKind, read_mapping};
use px360_domain::{Failure, ids::UserId};
use serde_json::json;
use uuid::Uuid;

use super::batch::{self, Outcome};
use super::{lines, store};
use crate::audit::Entry;
use crate::ctx::{Ctx, RequestMeta};
use crate::error::{Error, Result};
use crate::jobs::Wake;
use crate::tx::Tx;

/// How many batches one run reads before it lets other jobs have their turn.
const BATCHES_AT_ONCE: usize = 20;

/// How many lines are written together, and how many bytes they are looked for in. Patients come by the
/// hundred thousand; of the others a file is one batch, because its rows refer to each other.
const fn batch_of(kind: RecordKind) -> (usize, i64) {
    match kind {
        RecordKind::Patient => (5_000, 2 << 20),
        _ => (20_000, 16 << 20),
    }
}

/// An import that waits, and whose it is.
pub(super) struct Waiting {
    pub(super) id: Uuid,
    pub(super) kind: RecordKind,
    pub(super) created_by: UserId,
}

/// An import under the job's hands.
pub(super) struct Open {
    pub(super) status: ImportStatus,
    pub(super) columns: usize,
    pub(super) mapping: Vec<Option<String>>,
    pub(super) bytes: i64,
    pub(super) read_bytes: i64,
}

/// Reads the files that wait, batch by batch; answers how many batches that were.
///
/// When there are more than a few, it wakes itself and lets others go first. One run at a time: a second one
/// has nothing to do.
///
/// # Errors
/// `Broken` when the database is away. A file that cannot go on is stopped, and holds nobody up.
pub async fn run_imports(ctx: &Ctx) -> Result<usize> {
    let granted = ctx.require(Permission::ImportRun)?;
    let (mut done, mut left_alone) = (0, Vec::new());
    while let Some(waiting) = store::next(ctx.read(&granted), &left_alone).await? {
        let is_last = done + 1 == BATCHES_AT_ONCE;
        match step(ctx, &waiting, is_last).await {
            Ok(true) if is_last => return Ok(done + 1),
            Ok(true) => done += 1,
            Ok(false) => left_alone.push(waiting.id),
            Err(Error::Refused(failure)) => stop(ctx, &waiting, &failure).await?,
            Err(broken) => return Err(broken),
        }
    }
    Ok(done)
}

/// One batch, as whoever sent the file; false when somebody else is at it. After the last of a run the next
/// run is woken.
async fn step(ctx: &Ctx, waiting: &Waiting, is_last: bool) -> Result<bool> {
    let meta = RequestMeta { request_id: waiting.id.to_string(), ..RequestMeta::default() };
    let person = ctx.deps().for_user(waiting.created_by, meta).await?;
    let granted = person.require(waiting.kind.write())?;
    let mut tx = person.begin(granted).await?;
    let Some(open) = store::claim(&mut tx, waiting.id).await? else {
        tx.nothing_to_do().await?;
        return Ok(false);
    };
    let mapping = read_mapping(waiting.kind, open.columns, &open.mapping)
        .map_err(|faults| Failure::Invalid { faults })?;
    let (lines_max, bytes_max) = batch_of(waiting.kind);
    let bytes = store::bytes(&mut tx, waiting.id, open.read_bytes, bytes_max).await?;
    let is_end = open.read_bytes + length(bytes.len()) >= open.bytes;
    let lines = lines::read(&bytes, is_end, lines_max)?;
    let read = lines.lines.len();
    let behind = open.read_bytes + length(lines.bytes);
    if read == 0 && !is_end {
        return Err(Failure::invalid("file", "row_too_long").into());
    }
    // Tried or kept, the work is the same; what came of it is kept either way.
    let trial = match open.status {
        ImportStatus::Checking => Some(tx.save_point().await?),
        _ => None,
    };
    let outcome = batch::keep_lines(&mut tx, waiting.kind, &mapping, lines.lines).await?;
    if let Some(trial) = trial {
        tx.back_to(trial).await?;
    }
    let step = store::Step { id: waiting.id, behind, read, outcome: &outcome };
    let is_over = behind >= open.bytes;
    store::advance(&mut tx, &step, is_over).await?;
    remember(&mut tx, waiting, open.status, read, &outcome);
    if is_last {
        tx.wake(Wake::RunImports);
    }
    tx.commit().await?;
    Ok(true)
}

fn length(bytes: usize) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

/// One entry for what is new; what changed has entries of its own, with what changed.
fn remember(tx: &mut Tx, waiting: &Waiting, status: ImportStatus, read: usize, outcome: &Outcome) {
    let detail = json!({ "import": waiting.id, "rows": read, "faulty": outcome.faults.len() });
    if status == ImportStatus::Checking {
        tx.record(Entry::done("import.checked", "import", waiting.id).with(detail));
        return;
    }
    let kind = waiting.kind;
    let entry = Entry::done(format!("{}.imported", kind.plural()), kind.as_str(), "");
    let entry = entry.with(json!({
        "import": waiting.id, "rows": read, "faulty": outcome.faults.len(), "ids": outcome.made,
    }));
    let entry = entry.in_hospital(tx.reach().sole_hospital());
    tx.record(entry);
}

/// It cannot go on, for whoever sent it may not any more, or the file is not what it was.
async fn stop(ctx: &Ctx, waiting: &Waiting, failure: &Failure) -> Result<()> {
    tracing::warn!(import = %waiting.id, "an import was stopped: {failure}");
    let code = match failure {
        Failure::Invalid { faults } => faults.first().map_or("invalid", |first| &first.code),
        Failure::Forbidden | Failure::Unauthenticated | Failure::PasswordChangeRequired => {
            "forbidden"
        }
        _ => "conflict",
    };
    let mut tx = ctx.begin(ctx.require(Permission::ImportRun)?).await?;
    store::stop(&mut tx, waiting.id, code).await?;
    tx.record(Entry::refused("import.stopped", "import", waiting.id).with(json!({ "code": code })));
    tx.commit().await
}
