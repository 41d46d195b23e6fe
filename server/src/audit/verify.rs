//! Whether the memory is whole.

use anyhow::Context as _;
use futures_util::TryStreamExt as _;
use px360_domain::access::Permission;
use sha2::{Digest as _, Sha256};

use super::ends::ChainEnd;
use super::store;
use super::walk::Walk;
use crate::ctx::Ctx;
use crate::error::Result;

/// What a walk along the chains found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How many links the chains have together.
    pub events: i64,
    /// The last link of each chain, as computed on the walk. Kept elsewhere, they show later that
    /// nothing before them was written anew ([`verify_since`]).
    pub ends: Vec<ChainEnd>,
    /// One hash over all ends: two people who look at the same state see the same.
    pub root: Vec<u8>,
    /// The first broken link of each chain, and what belongs to none; nothing when the memory is whole.
    pub broken: Vec<BrokenLink>,
}

/// Where a chain does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenLink {
    /// Which chain, from 0.
    pub lane: Option<i16>,
    /// Which link of it, from 1.
    pub position: Option<i64>,
    /// The entry; none where it is gone.
    pub id: Option<i64>,
    /// What is wrong.
    pub fault: Fault,
}

impl BrokenLink {
    /// Something that has no place of its own.
    pub(super) fn nowhere() -> Self {
        Self { lane: None, position: None, id: None, fault: Fault::Stray }
    }
}

/// What can be wrong with a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It does not say what it said when it was written.
    Changed,
    /// Before it, others are missing, or it stands there twice.
    Missing,
    /// It does not follow on the one before it.
    Moved,
    /// The end of the chain is not where it was.
    CutOff,
    /// `audit_chains` does not hold exactly one end of this chain.
    NoEnd,
    /// It belongs to none of the chains.
    Stray,
    /// It holds, but another one was kept elsewhere: the chain was written anew.
    Rewritten,
    /// The ends promise another number of entries than there are.
    Miscounted,
}

impl Fault {
    /// The word for the operator.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Moved => "moved",
            Self::CutOff => "cut off",
            Self::NoEnd => "no end",
            Self::Stray => "stray",
            Self::Rewritten => "rewritten",
            Self::Miscounted => "miscounted",
        }
    }
}

/// Walks along all chains.
///
/// # Errors
/// `Forbidden` for whoever is not the operator; `Broken` when the database is away.
pub async fn verify(ctx: &Ctx) -> Result<Verdict> {
    verify_since(ctx, &[]).await
}

/// Walks along all chains, and looks whether ends that were kept elsewhere are still links of them.
///
/// # Errors
/// As [`verify`].
pub async fn verify_since(ctx: &Ctx, kept: &[ChainEnd]) -> Result<Verdict> {
    let granted = ctx.require(Permission::SystemSetUp)?;
    // Links and ends of one instant: the house goes on writing meanwhile.
    let mut view = ctx.read(&granted).snapshot().await?;
    let mut walk = Walk::new(kept);
    let mut links = store::links(&mut view);
    while let Some(link) = links.try_next().await.context("reading the audit log")? {
        walk.step(&link);
    }
    drop(links);
    let stored = store::ends(&mut view).await?;
    let (ends, broken) = walk.finish(&stored);
    // Saturating, because whoever tampers may write any number.
    let events = ends.iter().map(|end| end.position).fold(0, i64::saturating_add);
    Ok(Verdict { events, root: root(&ends), ends, broken })
}

/// One hash over all ends.
pub(super) fn root(ends: &[ChainEnd]) -> Vec<u8> {
    let mut root = Sha256::new();
    for end in ends {
        root.update(i32::from(end.lane).to_be_bytes());
        root.update(end.position.to_be_bytes());
        root.update(&end.hash);
    }
    root.finalize().to_vec()
}
