//! The roles of somebody else.

use px360_domain::access::{Permission, Role, may_grant, may_secure};
use px360_domain::accounts::{UserRole, UserRoles};
use px360_domain::ids::UserId;

use super::store;
use crate::accounts::{gate, store as accounts_store};
use crate::ctx::Ctx;
use crate::error::Result;

/// The roles of a person within reach, and what the caller may do about them.
///
/// # Errors
/// `NotFound` for somebody out of reach; `Forbidden` for whoever may not see users.
pub async fn roles_of(ctx: &Ctx, id: UserId) -> Result<UserRoles> {
    let granted = ctx.require(Permission::UserRead)?;
    gate::to_see(ctx, &granted, id).await?;
    let (held, to_self) = (gate::held(ctx), ctx.user_id() == Some(id));
    let theirs = accounts_store::list_grants_of(ctx.read(&granted), id).await?;
    let may_secure =
        ctx.may(Permission::UserSecure).is_some() && !to_self && may_secure(held, &theirs).is_ok();
    let items = store::list_of_user(ctx.read(&granted), id).await?;
    let items = items.into_iter().map(|(grant, place)| UserRole {
        may_revoke: may_grant(held, grant.role, grant.place(), to_self).is_ok(),
        grant,
        place,
    });
    let may_give = Role::ALL
        .iter()
        .copied()
        .filter(|role| held.iter().any(|own| may_grant(held, *role, own.place(), to_self).is_ok()));
    Ok(UserRoles { items: items.collect(), may_give: may_give.collect(), may_secure })
}
