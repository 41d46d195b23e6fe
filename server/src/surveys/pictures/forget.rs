//! Pictures that no survey shows do not stay.

use px360_domain::access::Permission;
use serde_json::json;

use super::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Pictures that are looked at in one go.
const BATCH: i64 = 50;

/// Forgets pictures that have been shown by no survey, and by no draft, for a week; how many.
pub(in crate::surveys) async fn forget_unused(ctx: &Ctx) -> Result<usize> {
    let mut tx = ctx.begin(ctx.require(Permission::NotificationDeliver)?).await?;
    let (looked_at, gone) = store::forget_unused(&mut tx, BATCH).await?;
    if looked_at == 0 {
        tx.nothing_to_do().await?;
        return Ok(0);
    }
    tx.record(
        Entry::done("survey_pictures.swept", "survey_picture", "")
            .with(json!({ "looked_at": looked_at, "forgotten": gone })),
    );
    tx.commit().await?;
    Ok(gone)
}
