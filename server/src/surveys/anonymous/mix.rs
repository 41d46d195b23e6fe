//! Anonymous answers are written anew at night, whole months together: which transaction wrote a row, and where it lies,
//! would lead to the invitation that was handed in by the same one (ADR 0038).

use chrono::Timelike as _;
use px360_domain::access::Permission;
use px360_domain::dates::in_riyadh;
use serde_json::json;

use super::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// The hours in which it is done, in Riyadh.
const NIGHT: std::ops::Range<u32> = 2..5;

/// Mixes the answers of every month in which some were handed in since the last night; answers of how many months.
pub(in crate::surveys) async fn mix_answers(ctx: &Ctx) -> Result<usize> {
    if !NIGHT.contains(&in_riyadh(ctx.now()).hour()) {
        return Ok(0);
    }
    let granted = ctx.require(Permission::NotificationDeliver)?;
    let months = store::unmixed(ctx.read(&granted)).await?;
    for month in &months {
        let mut tx = ctx.begin(granted.clone()).await?;
        store::mix(&mut tx, *month).await?;
        tx.record(
            Entry::done("surveys.answers_mixed", "survey", "").with(json!({ "month": month })),
        );
        tx.commit().await?;
    }
    Ok(months.len())
}
