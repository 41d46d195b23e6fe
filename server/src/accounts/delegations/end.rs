//! Somebody is back, or does not go.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::DelegationId;
use serde_json::json;

use super::store;
use super::whose::whose;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::{Error, Result};

/// Ends a time away before its last day, or takes it back before its first. The deputy feels it with their
/// next request.
///
/// # Errors
/// `NotFound` for one that is over, or of somebody out of reach.
pub async fn end_delegation(ctx: &Ctx, id: DelegationId) -> Result<()> {
    let named = ctx.require(Permission::ProfileRead)?;
    let not_found = || Failure::not_found("delegation");
    let user = store::find_user(ctx.read(&named), id).await?.ok_or_else(not_found)?;
    let whose = whose(ctx, Some(user), Permission::ProfileWrite).await;
    // Whose absence it is, is nobody's business who may not change them.
    let (_, granted) = whose.map_err(|error| match error {
        Error::Refused(_) => not_found().into(),
        broken @ Error::Broken(_) => broken,
    })?;
    let mut tx = ctx.begin(granted).await?;
    if !store::end(&mut tx, id).await? {
        tx.nothing_to_do().await?;
        return Err(not_found().into());
    }
    tx.record(Entry::done("delegation.ended", "user", user).with(json!({ "delegation": id })));
    tx.commit().await
}
