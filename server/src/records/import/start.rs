//! A file is read: to try it, or to keep it.

use px360_domain::Failure;
use px360_domain::records::{ImportStatus, StartImport, read_mapping};
use serde_json::json;
use uuid::Uuid;

use super::{find, store};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::jobs::Wake;

/// Says what the columns of a file mean, and lets a job read it. A file that was stopped begins anew: what
/// was written before says nothing new then.
///
/// # Errors
/// `NotFound` for somebody else's; `Conflict` with `import_busy` or `import_done`; `Invalid` for a mapping
/// that names no key or one field twice; `Forbidden` for whoever may no longer make such records.
pub async fn start(ctx: &Ctx, id: Uuid, cmd: StartImport) -> Result<()> {
    let import = find(ctx, id).await?.import;
    match import.status {
        status if status.is_busy() => return Err(Failure::conflict("import_busy").into()),
        ImportStatus::Done => return Err(Failure::conflict("import_done").into()),
        _ => {}
    }
    read_mapping(import.kind, import.columns.len(), &cmd.mapping)
        .map_err(|faults| Failure::Invalid { faults })?;
    let mut tx = ctx.begin(ctx.require(import.kind.write())?).await?;
    let status = if cmd.dry_run { ImportStatus::Checking } else { ImportStatus::Running };
    if !store::start(&mut tx, id, status, &json!(cmd.mapping)).await? {
        return Err(Failure::conflict("import_busy").into());
    }
    tx.record(
        Entry::done("import.started", "import", id)
            .with(json!({ "kind": import.kind, "dry_run": cmd.dry_run, "mapping": cmd.mapping })),
    );
    tx.wake(Wake::RunImports);
    tx.commit().await
}
