//! When somebody is away, and for whom they stand in.

use px360_domain::Failure;
use px360_domain::access::{Permission, looks_after};
use px360_domain::accounts::Delegations;
use px360_domain::ids::UserId;

use super::store;
use super::whose::whose;
use crate::accounts::gate;
use crate::accounts::store::list_grants_of;
use crate::ctx::Ctx;
use crate::error::Result;

/// What is not over of the caller's own, or of a user within the caller's reach.
///
/// # Errors
/// `NotFound` for somebody out of reach; `Forbidden` for whoever sees no users.
pub async fn delegations(ctx: &Ctx, user: Option<UserId>) -> Result<Delegations> {
    let me = ctx.user_id();
    let (user, granted) = match user.filter(|user| Some(*user) != me) {
        Some(other) => {
            let granted = ctx.require(Permission::UserRead)?;
            gate::to_see(ctx, &granted, other).await?;
            (other, granted)
        }
        None => {
            let granted = ctx.require(Permission::ProfileRead)?;
            (me.ok_or(Failure::Forbidden)?, granted)
        }
    };
    let found = store::list(ctx.read(&granted), user, ctx.now()).await?;
    let held = list_grants_of(ctx.read(&granted), user).await?;
    let has_work = held.iter().any(|grant| looks_after(grant.role));
    let may_delegate =
        has_work && ctx.may(Permission::ProfileWrite).is_some() && may_change(ctx, user).await;
    let (away, standing_in) = found.into_iter().partition(|one| one.user.id == user);
    Ok(Delegations { away, standing_in, may_delegate })
}

/// Whether the caller may say when this person is away. Asked silently: it is what a page offers.
async fn may_change(ctx: &Ctx, user: UserId) -> bool {
    ctx.user_id() == Some(user)
        || ctx.may(Permission::UserWrite).is_some()
            && whose(ctx, Some(user), Permission::ProfileWrite).await.is_ok()
}
