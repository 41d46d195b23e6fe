//! Somebody will be away.

use px360_domain::access::{Permission, looks_after};
use px360_domain::accounts::Delegate;
use px360_domain::ids::DelegationId;
use px360_domain::{Failure, FieldFault};
use serde_json::json;

use super::whose::whose;
use super::{roles, store};
use crate::accounts::store::list_grants_of;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::dates::day;
use crate::error::Result;

/// Lets somebody stand in for the caller, or for a user whom the caller may change.
///
/// # Errors
/// `Invalid` on the days, on a deputy who does not look after actions in the same hospital, and with
/// `nothing_to_delegate` on `user_id`; `Conflict` with `away_already`; as `whose` for somebody else.
pub async fn delegate(ctx: &Ctx, cmd: Delegate) -> Result<DelegationId> {
    let (user, granted) = whose(ctx, cmd.user_id, Permission::ProfileWrite).await?;
    let mut faults = cmd.faults(day(ctx.now()));
    let held = list_grants_of(ctx.read(&granted), user).await?;
    if !held.iter().any(|grant| looks_after(grant.role)) {
        faults.push(FieldFault::new("user_id", "nothing_to_delegate"));
    } else if !store::may_stand_in(ctx.read(&granted), user, cmd.deputy_id, &roles()).await? {
        faults.push(FieldFault::new("deputy_id", "cannot_stand_in"));
    }
    if !faults.is_empty() {
        return Err(Failure::Invalid { faults }.into());
    }
    let id = ctx.new_id();
    let mut tx = ctx.begin(granted).await?;
    store::insert(&mut tx, id, user, &cmd).await?;
    tx.record(Entry::done("delegation.created", "user", user).with(json!({
        "delegation": id,
        "deputy_id": cmd.deputy_id,
        "starts_on": cmd.starts_on,
        "ends_on": cmd.ends_on,
    })));
    tx.commit().await?;
    Ok(id)
}
