//! Files that have served their time.

use chrono::TimeDelta;
use px360_domain::access::Permission;
use serde_json::json;

use super::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// How long a file, its first rows and its faulty ones are kept: they hold what patients are called.
const KEPT_DAYS: i64 = 30;

/// Imports that one transaction forgets at most.
const BATCH: i64 = 20;

/// Forgets what came more than a month ago and is not being read; the audit log still says who sent it.
///
/// # Errors
/// `Broken` when the database is away.
pub async fn forget_old(ctx: &Ctx) -> Result<usize> {
    let mut done = 0;
    loop {
        let mut tx = ctx.begin(ctx.require(Permission::ImportRun)?).await?;
        let before = tx.now() - TimeDelta::days(KEPT_DAYS);
        let forgotten = store::forget(&mut tx, before, BATCH).await?;
        if forgotten == 0 {
            tx.nothing_to_do().await?;
            return Ok(done);
        }
        done += forgotten;
        let entry = Entry::done("imports.forgotten", "import", "");
        tx.record(entry.with(json!({ "count": forgotten })));
        tx.commit().await?;
    }
}
