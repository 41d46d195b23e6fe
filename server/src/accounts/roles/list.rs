//! The roles, with what they allow.

use px360_domain::Failure;
use px360_domain::access::{Permission, policy};
use px360_domain::accounts::{PermissionCard, RoleCard, RoleList};

use super::store;
use crate::ctx::Ctx;
use crate::error::Result;

/// Every role, the highest first, with what the policy allows it.
///
/// # Errors
/// `Forbidden` for whoever is not a person.
pub async fn list_roles(ctx: &Ctx) -> Result<RoleList> {
    let granted = ctx.require(Permission::ProfileRead)?;
    ctx.user_id().ok_or(Failure::Forbidden)?;
    let names = store::list(ctx.read(&granted)).await?;
    let items = names.into_iter().map(|(role, name)| RoleCard {
        role,
        level: role.level(),
        name,
        permissions: Permission::ALL
            .iter()
            .filter_map(|&permission| {
                policy(role, permission).map(|scope| PermissionCard { permission, scope })
            })
            .collect(),
    });
    Ok(RoleList { items: items.collect() })
}
