//! What a signed-in person sees of themselves.

use px360_domain::Failure;
use px360_domain::access::{DELEGATED, OWN_ACCOUNT, Permission, Role, permissions_of};
use px360_domain::accounts::{Grant, Me, StandingIn};
use px360_domain::ids::HospitalId;

use super::store;
use crate::ctx::{Actor, Ctx};
use crate::error::Result;

/// The signed-in person: who they are, what they may do and which hospitals they may look at.
///
/// # Errors
/// `Unauthenticated` for nobody, `Forbidden` for whoever is not a person.
pub async fn me(ctx: &Ctx) -> Result<Me> {
    let granted = ctx.require(Permission::ProfileRead)?;
    let Actor::User { id, username, name, language, grants, must_change_password, stands_in_for } =
        ctx.actor()
    else {
        return Err(Failure::Forbidden.into());
    };
    let everywhere = grants.iter().any(|grant| grant.hospital_id.is_none());
    let listed: Vec<HospitalId> = grants.iter().filter_map(|grant| grant.hospital_id).collect();
    let hospitals = store::list_hospitals(ctx.read(&granted), everywhere, &listed).await?;
    let roles: Vec<Role> = grants.iter().map(|grant| grant.role).collect();
    let permissions =
        if *must_change_password { OWN_ACCOUNT.to_vec() } else { permissions(ctx, &roles) };
    let grants = grants
        .iter()
        .map(|grant| Grant {
            role: grant.role,
            hospital_id: grant.hospital_id,
            department_id: grant.department_id,
        })
        .collect();
    Ok(Me {
        id: *id,
        username: username.clone(),
        name: name.clone(),
        language: *language,
        grants,
        permissions,
        hospitals,
        must_change_password: *must_change_password,
        stands_in_for: stands_in_for
            .iter()
            .map(|absent| StandingIn { name: absent.name.clone(), ends_on: absent.ends_on })
            .collect(),
    })
}

/// What their roles allow, and what they may do for somebody else today.
fn permissions(ctx: &Ctx, roles: &[Role]) -> Vec<Permission> {
    let mut permissions = permissions_of(roles);
    for permission in DELEGATED {
        if !permissions.contains(&permission) && ctx.may(permission).is_some() {
            permissions.push(permission);
        }
    }
    permissions
}
