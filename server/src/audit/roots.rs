//! The root of the audit log, once a day.

use chrono::NaiveDate;
use px360_domain::Failure;
use px360_domain::access::Permission;
use serde_json::json;

use super::ends::{ChainEnd, read_ends};
use super::link::hex;
use super::verify::root;
use super::{Entry, store};
use crate::ctx::Ctx;
use crate::dates;
use crate::error::Result;

/// The root of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DailyRoot {
    /// The day, in Riyadh.
    pub day: NaiveDate,
    /// One hash over all ends.
    pub root: Vec<u8>,
    /// The ends of the chains, as they stood when the day began.
    pub ends: Vec<ChainEnd>,
}

/// Keeps the ends of the chains, unless that was done today (in Riyadh), and says them in the log: whoever
/// keeps the program's log keeps what shows later that nothing before it was written anew.
///
/// # Errors
/// `Broken` when the database is away, or does not keep one end of each chain.
pub async fn keep_root(ctx: &Ctx) -> Result<usize> {
    let granted = ctx.require(Permission::SystemSetUp)?;
    let day = dates::day(ctx.now());
    if let Some((_, kept, lines)) = store::find_root(ctx.read(&granted), Some(day)).await? {
        if root(&read_ends(&lines.join("\n"))?) != kept {
            tracing::error!(%day, "the audit log's root of the day is not one over its ends");
        }
        return Ok(0);
    }
    let ends = store::whole_ends(ctx.read(&granted)).await?;
    let root = root(&ends);
    let lines: Vec<String> = ends.iter().map(ToString::to_string).collect();
    let mut tx = ctx.begin(granted).await?;
    if !store::insert_root(&mut tx, day, &root, &lines).await? {
        // Another worker was quicker.
        tx.nothing_to_do().await?;
        return Ok(0);
    }
    let said = hex(&root);
    tx.record(Entry::done("audit.root_kept", "audit_log", day).with(json!({ "root": &said })));
    // Before it is kept: a line too many proves more than a line too few.
    tracing::info!(%day, root = said, ends = lines.join("; "), "the audit log's root of the day");
    tx.commit().await?;
    Ok(1)
}

/// The root of a day, or the latest one.
///
/// # Errors
/// `Forbidden` for whoever is not the operator; `NotFound` where none was kept.
pub async fn find_root(ctx: &Ctx, day: Option<NaiveDate>) -> Result<DailyRoot> {
    let granted = ctx.require(Permission::SystemSetUp)?;
    let found = store::find_root(ctx.read(&granted), day).await?;
    let (day, root, lines) = found.ok_or_else(|| Failure::not_found("audit_root"))?;
    Ok(DailyRoot { day, root, ends: read_ends(&lines.join("\n"))? })
}
