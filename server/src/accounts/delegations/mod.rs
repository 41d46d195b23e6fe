//! Whoever is away lets somebody look after their actions (ADR 0028).

mod delegate;
mod deputies;
mod end;
mod list;
mod store;
mod whose;

use px360_domain::access::{Role, looks_after};
use px360_domain::ids::UserId;

pub use delegate::delegate;
pub use deputies::deputies;
pub use end::end_delegation;
pub use list::delegations;
pub(crate) use store::Presence;

use crate::ctx::StandIn;
use crate::dates::day;
use crate::deps::Deps;
use crate::error::Result;
use crate::tx::Tx;

/// The roles whose work can be handed over, and taken over.
fn roles() -> Vec<Role> {
    Role::ALL.iter().copied().filter(|role| looks_after(*role)).collect()
}

/// Whom somebody stands in for today, with what these may do.
pub(super) async fn stands_in_for(deps: &Deps, deputy: UserId) -> Result<Vec<StandIn>> {
    let mut found = store::stands_in_for(deps.pool(), deputy, day(deps.clock().now())).await?;
    for absent in &mut found {
        absent.grants = super::store::list_grants(deps.pool(), absent.id).await?;
    }
    Ok(found)
}

/// Whether somebody is there today, or who stands in for them.
pub(crate) async fn presence_in(tx: &mut Tx, user: UserId) -> Result<Presence> {
    store::presence(tx, user).await
}
