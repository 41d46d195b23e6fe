//! Ends what has run out.

use px360_domain::access::Permission;
use serde_json::json;

use super::{anonymous, files, pictures, store};
use crate::accounts;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::notifications;

/// Surveys that one transaction ends at most.
const BATCH: i64 = 500;

/// Marks surveys whose time ran out as expired, and forgets what is over.
///
/// That is: sessions and throttles, receipts that nobody could place, and what was answered of anonymous surveys that were
/// never handed in, files that no answer names, and pictures that no survey shows. At night it also mixes what was handed in.
///
/// # Errors
/// `Broken` when the database is away.
pub async fn sweep_expired(ctx: &Ctx) -> Result<usize> {
    let mut done = 0;
    loop {
        let mut tx = ctx.begin(ctx.require(Permission::NotificationDeliver)?).await?;
        let expired = store::expire(&mut tx, BATCH).await?;
        let unfinished = anonymous::forget_unfinished(&mut tx, BATCH).await?;
        let (looked_at, files) = files::forget_unnamed(&mut tx, BATCH).await?;
        let forgotten = accounts::sweep_expired_in(&mut tx).await?;
        let receipts = notifications::forget_strange_receipts_in(&mut tx).await?;
        if [expired, unfinished] == [0; 2] && looked_at == 0 && [forgotten, receipts] == [0; 2] {
            tx.nothing_to_do().await?;
            return Ok(done
                + anonymous::mix_answers(ctx).await?
                + pictures::forget_unused(ctx).await?);
        }
        done += expired;
        tx.record(
            Entry::done("surveys.expired", "survey", "")
                .with(json!({ "surveys": expired, "answers": unfinished, "sessions": forgotten,
                             "receipts": receipts, "files": files })),
        );
        tx.commit().await?;
    }
}
