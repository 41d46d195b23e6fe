//! Finds a person and asks whether the caller may touch them.

use px360_domain::Failure;
use px360_domain::access::{HeldGrant, Permission, may_secure};
use px360_domain::ids::UserId;

use super::store;
use crate::audit::Entry;
use crate::ctx::{Actor, Ctx, Granted};
use crate::error::{Error, Result};
use crate::tx::Tx;

/// The permission to reset this person's password or second factor.
///
/// # Errors
/// `NotFound` for somebody out of reach; `Forbidden` for somebody at or above the caller, and for
/// oneself, who has a page for that.
pub(super) async fn to_secure(ctx: &Ctx, id: UserId) -> Result<Granted> {
    let granted = ctx.require(Permission::UserSecure)?;
    to_see(ctx, &granted, id).await?;
    let theirs = store::list_grants_of(ctx.read(&granted), id).await?;
    if may_secure(held(ctx), &theirs).is_ok() && ctx.user_id() != Some(id) {
        return Ok(granted);
    }
    Err(refused(ctx, granted, "user.secure_refused", id).await?)
}

/// That there is such a person within reach of what was granted: at home there, or with a role there.
///
/// # Errors
/// `NotFound` for everybody else.
pub(super) async fn to_see(ctx: &Ctx, granted: &Granted, id: UserId) -> Result<()> {
    if store::is_within_reach(ctx.read(granted), id).await? {
        return Ok(());
    }
    Err(Failure::not_found("user").into())
}

/// That every role of this person is below the caller's own, and within reach; oneself is.
///
/// # Errors
/// `Forbidden` otherwise.
pub(crate) async fn require_above_in(tx: &mut Tx, id: UserId) -> Result<()> {
    let Actor::User { id: me, grants, .. } = tx.ctx().actor() else { return Ok(()) };
    if *me == id {
        return Ok(());
    }
    let mine = grants.clone();
    let theirs = store::list_grants(tx.db(), id).await?;
    Ok(may_secure(&mine, &theirs)?)
}

/// The caller's own roles.
pub(super) fn held(ctx: &Ctx) -> &[HeldGrant] {
    match ctx.actor() {
        Actor::User { grants, .. } => grants,
        _ => &[],
    }
}

/// Remembers that somebody reached too high.
pub(super) async fn refused(
    ctx: &Ctx,
    granted: Granted,
    action: &'static str,
    id: UserId,
) -> Result<Error> {
    let mut tx = ctx.begin(granted).await?;
    tx.record(Entry::refused(action, "user", id));
    tx.commit().await?;
    Ok(Failure::Forbidden.into())
}
