//! Whether the memory is whole.

use px360_domain::access::Permission;

use super::store;
use crate::ctx::Ctx;
use crate::error::Result;

/// What a walk along the chains found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How many entries the chains say there are.
    pub events: i64,
    /// One hash over the ends of all chains. Kept elsewhere, it shows later that nothing before it
    /// was written anew, chain and all.
    pub root: Vec<u8>,
    /// The first broken link of each chain; none when the memory is whole.
    pub broken: Vec<BrokenLink>,
}

/// Where a chain does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenLink {
    /// Which chain, from 0.
    pub lane: i16,
    /// Which link of it, from 1.
    pub position: i64,
    /// The entry; none where the end is gone.
    pub id: Option<i64>,
    /// `changed`, `missing` (before it), `moved` or `cut off`.
    pub fault: String,
}

/// Walks along all chains.
///
/// # Errors
/// `Forbidden` for whoever is not the operator; `Broken` when the database is away.
pub async fn verify(ctx: &Ctx) -> Result<Verdict> {
    let granted = ctx.require(Permission::SystemSetUp)?;
    let read = ctx.read(&granted);
    let broken = store::broken_links(read).await?;
    let (events, root) = store::root(read).await?;
    Ok(Verdict { events, root, broken })
}
