//! A file comes.

use anyhow::Context as _;
use px360_domain::Failure;
use px360_domain::records::{Import, RecordKind};
use serde_json::json;
use tokio::sync::OwnedSemaphorePermit;
use uuid::Uuid;

use super::{store, table};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// The largest file: some two million rows.
pub const FILE_BYTES_MAX: usize = 256 << 20;

const NAME_CHARS_MAX: usize = 200;
/// How soon somebody may try again who found no room.
const RETRY_SECONDS: u32 = 30;

/// Room for one file, as long as it is held.
pub struct Room(#[expect(dead_code, reason = "it is there to be held")] OwnedSemaphorePermit);

/// Room for a file that is about to be sent, for whoever may make such records: before it is taken in, because
/// not everybody may fill our memory, and nobody all of it.
///
/// # Errors
/// `Forbidden` for whoever may not make such records; `TooMany` while others are sending theirs.
pub fn room(ctx: &Ctx, kind: RecordKind) -> Result<Room> {
    ctx.require(kind.write())?;
    let room = ctx.deps().uploads().clone().try_acquire_owned();
    Ok(Room(room.map_err(|_full| Failure::TooMany { retry_after_seconds: RETRY_SECONDS })?))
}

/// Keeps a file, to be read when somebody has said what its columns mean.
///
/// # Errors
/// `Forbidden` for whoever may not make such records; `NotFound` for a kind that comes in no file;
/// `Invalid` on `file`: `empty_file`, `not_a_table`, `too_many_columns` or `too_large`.
pub async fn upload(
    ctx: &Ctx,
    kind: RecordKind,
    file_name: &str,
    bytes: Vec<u8>,
) -> Result<Import> {
    let granted = ctx.require(kind.write())?;
    if !kind.can_be_imported() {
        return Err(Failure::not_found("import").into());
    }
    let created_by = ctx.user_id().ok_or(Failure::Forbidden)?;
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Failure::invalid("file", "too_large").into());
    }
    let table = tokio::task::spawn_blocking(move || table::read(&bytes))
        .await
        .context("reading a file")?
        .map_err(|code| Failure::invalid("file", code))?;
    let id: Uuid = ctx.new_id();
    let mut tx = ctx.begin(granted).await?;
    store::insert(&mut tx, id, kind, &short(file_name), &table, created_by).await?;
    tx.record(
        Entry::done("import.uploaded", "import", id)
            .with(json!({ "kind": kind, "file": short(file_name), "rows": table.rows })),
    );
    tx.commit().await?;
    super::find(ctx, id).await.map(|found| found.import)
}

/// The last part of a path, without what no name has.
fn short(file_name: &str) -> String {
    let last = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect()
}
