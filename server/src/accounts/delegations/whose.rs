//! Whose absence is asked for, and whether the caller may speak for them.

use px360_domain::Failure;
use px360_domain::access::{Permission, may_secure};
use px360_domain::ids::UserId;

use crate::accounts::{gate, store};
use crate::ctx::{Ctx, Granted};
use crate::error::Result;

/// The person and the right to see or change when they are away: everybody's own, and that of users whom one
/// may change, where every role of theirs is below one's own.
///
/// # Errors
/// `NotFound` for somebody out of reach; `Forbidden` for somebody at or above the caller.
pub(super) async fn whose(
    ctx: &Ctx,
    asked: Option<UserId>,
    own: Permission,
) -> Result<(UserId, Granted)> {
    let me = ctx.user_id();
    match asked {
        Some(other) if Some(other) != me => {
            let granted = ctx.require(Permission::UserWrite)?;
            gate::to_see(ctx, &granted, other).await?;
            let theirs = store::list_grants_of(ctx.read(&granted), other).await?;
            may_secure(gate::held(ctx), &theirs)?;
            Ok((other, granted))
        }
        _ => {
            let granted = ctx.require(own)?;
            Ok((me.ok_or(Failure::Forbidden)?, granted))
        }
    }
}
