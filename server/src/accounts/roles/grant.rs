//! One more role for somebody.

use px360_domain::Failure;
use px360_domain::access::{Permission, Role, may_grant};
use px360_domain::accounts::Grant;
use px360_domain::ids::{HospitalId, UserId};
use serde_json::json;

use super::store;
use crate::accounts::gate;
use crate::audit::Entry;
use crate::ctx::{Ctx, Granted};
use crate::error::Result;

/// Gives somebody a role at a place. They feel it with their next request.
///
/// # Errors
/// `NotFound` for somebody out of reach; `Forbidden` for a role or a place that is not the caller's to
/// give; `Conflict` with `role_held` when they have it; `Invalid` on `hospital_id` or
/// `department_id`.
pub async fn grant_role(ctx: &Ctx, id: UserId, grant: Grant) -> Result<()> {
    let (granted, grant) = decide(ctx, id, grant, "role.grant_refused").await?;
    let mut tx = ctx.begin(granted).await?;
    if !store::insert_grant(&mut tx, id, &grant).await? {
        tx.nothing_to_do().await?;
        return Err(Failure::conflict("role_held").into());
    }
    tx.record(entry(Entry::done("role.granted", "user", id), &grant));
    tx.commit().await
}

/// Finds the person and the place, and asks whether the caller may give or take this role there.
pub(super) async fn decide(
    ctx: &Ctx,
    id: UserId,
    grant: Grant,
    refusal: &'static str,
) -> Result<(Granted, Grant)> {
    let granted = ctx.require(Permission::RoleGrant)?;
    gate::to_see(ctx, &granted, id).await?;
    let grant = placed(ctx, grant).await?;
    let to_self = ctx.user_id() == Some(id);
    if may_grant(gate::held(ctx), grant.role, grant.place(), to_self).is_ok() {
        return Ok((granted, grant));
    }
    Err(gate::refused(ctx, granted, refusal, id).await?)
}

/// The grant with the hospital that its department is in. A PX Admin is one of the whole group.
async fn placed(ctx: &Ctx, grant: Grant) -> Result<Grant> {
    if grant.role == Role::PxAdmin && (grant.hospital_id.is_some() || grant.department_id.is_some())
    {
        return Err(Failure::invalid("hospital_id", "not_for_this_role").into());
    }
    let Some(department) = grant.department_id else { return Ok(grant) };
    let unknown = || Failure::invalid("department_id", "unknown_department");
    // Also of one beyond the reach of what was granted: to give a role there is refused, and remembered.
    let named = ctx.require(Permission::ProfileRead)?;
    let found: Option<HospitalId> = store::hospital_of(ctx.read(&named), department).await?;
    let hospital = found.ok_or_else(unknown)?;
    if grant.hospital_id.is_some_and(|named| named != hospital) {
        return Err(unknown().into());
    }
    Ok(Grant { hospital_id: Some(hospital), ..grant })
}

/// The entry with what it is about.
pub(super) fn entry(entry: Entry, grant: &Grant) -> Entry {
    let entry = entry.with(json!(grant));
    match grant.hospital_id {
        Some(hospital) => entry.in_hospital(hospital),
        None => entry,
    }
}
