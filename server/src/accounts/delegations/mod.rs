//! Whoever is away lets somebody look after their actions (ADR 0028).

mod delegate;
mod deputies;
mod end;
mod list;
mod store;
mod whose;

use px360_domain::access::{HeldGrant, Role, looks_after};
use px360_domain::ids::UserId;
use serde_json::json;

pub use delegate::delegate;
pub use deputies::deputies;
pub use end::end_delegation;
pub use list::delegations;
pub(crate) use store::Presence;

use crate::audit::Entry;
use crate::ctx::StandIn;
use crate::dates::day;
use crate::deps::Deps;
use crate::error::Result;
use crate::tx::Tx;

/// The roles whose work can be handed over, and taken over.
fn roles() -> Vec<Role> {
    Role::ALL.iter().copied().filter(|role| looks_after(*role)).collect()
}

/// Whom somebody with these roles stands in for today, and with which of their roles: those that hold where the
/// deputy looks after actions too. What either was given or lost since the delegation was made counts at once.
pub(super) async fn stands_in_for(
    deps: &Deps,
    deputy: UserId,
    held: &[HeldGrant],
) -> Result<Vec<StandIn>> {
    let own: Vec<_> = held
        .iter()
        .filter(|grant| looks_after(grant.role))
        .map(|grant| grant.hospital_id)
        .collect();
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = store::stands_in_for(deps.pool(), deputy, day(deps.clock().now())).await?;
    for absent in &mut found {
        let mut theirs = super::store::list_grants(deps.pool(), absent.id).await?;
        theirs.retain(|grant| own.contains(&None) || own.contains(&grant.hospital_id));
        absent.grants = theirs;
    }
    found.retain(|absent| absent.grants.iter().any(|grant| looks_after(grant.role)));
    Ok(found)
}

/// Ends every time away of somebody whose account may have been in other hands.
pub(super) async fn end_all_in(tx: &mut Tx, user: UserId) -> Result<()> {
    let ended = store::end_all(tx, user).await?;
    if ended > 0 {
        tx.record(Entry::done("delegation.ended", "user", user).with(json!({ "count": ended })));
    }
    Ok(())
}

/// Whether somebody is there today, or who stands in for them.
pub(crate) async fn presence_in(tx: &mut Tx, user: UserId) -> Result<Presence> {
    store::presence(tx, user, &roles()).await
}
