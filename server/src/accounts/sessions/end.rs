//! Signing other browsers out.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::SessionId;
use serde_json::json;

use super::{current, store};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Ends one session of the caller's own.
///
/// # Errors
/// `NotFound` for one that is over, or somebody else's.
pub async fn end_session(ctx: &Ctx, id: SessionId) -> Result<()> {
    let granted = ctx.require(Permission::ProfileWrite)?;
    let user_id = ctx.user_id().ok_or(Failure::Forbidden)?;
    let mut tx = ctx.begin(granted).await?;
    if !store::delete_own(&mut tx, user_id, id).await? {
        tx.nothing_to_do().await?;
        return Err(Failure::not_found("session").into());
    }
    tx.record(Entry::done("account.session_ended", "user", user_id).with(json!({ "session": id })));
    tx.commit().await
}

/// Ends every session of the caller but the one that asks; a script ends all of them.
///
/// # Errors
/// `Forbidden` for whoever is not a person.
pub async fn end_other_sessions(ctx: &Ctx) -> Result<()> {
    let granted = ctx.require(Permission::ProfileWrite)?;
    let user_id = ctx.user_id().ok_or(Failure::Forbidden)?;
    let mut tx = ctx.begin(granted).await?;
    let ended = store::delete_others(&mut tx, user_id, current(ctx).as_ref()).await?;
    tx.record(
        Entry::done("account.other_sessions_ended", "user", user_id)
            .with(json!({ "sessions": ended })),
    );
    tx.commit().await
}
