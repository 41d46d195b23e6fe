//! Where one is signed in.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::accounts::SessionList;

use super::{current, store};
use crate::ctx::Ctx;
use crate::error::Result;

/// The browsers that are signed in as the caller, the latest first.
///
/// # Errors
/// `Forbidden` for whoever is not a person.
pub async fn list_sessions(ctx: &Ctx) -> Result<SessionList> {
    let granted = ctx.require(Permission::ProfileRead)?;
    let user_id = ctx.user_id().ok_or(Failure::Forbidden)?;
    let read = ctx.read(&granted);
    let items = store::list(read, user_id, current(ctx).as_ref(), ctx.now()).await?;
    Ok(SessionList { items })
}
