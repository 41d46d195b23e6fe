//! One role less for somebody.

use px360_domain::Failure;
use px360_domain::access::Role;
use px360_domain::accounts::Grant;
use px360_domain::ids::UserId;

use super::grant::{decide, entry};
use super::{guard_last_px_admin_in, store};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Takes a role at a place from somebody. They feel it with their next request.
///
/// # Errors
/// `NotFound` for somebody out of reach and for a role that they do not hold there; `Forbidden` for a
/// role or a place that is not the caller's to take; `Conflict` with `last_px_admin`.
pub async fn revoke_role(ctx: &Ctx, id: UserId, grant: Grant) -> Result<()> {
    let (granted, grant) = decide(ctx, id, grant, "role.revoke_refused").await?;
    let mut tx = ctx.begin(granted).await?;
    if grant.role == Role::PxAdmin {
        guard_last_px_admin_in(&mut tx, id).await?;
    }
    if !store::delete_grant(&mut tx, id, &grant).await? {
        tx.nothing_to_do().await?;
        return Err(Failure::not_found("grant").into());
    }
    tx.record(entry(Entry::done("role.revoked", "user", id), &grant));
    tx.commit().await
}
