//! The walk along the chains: link by link, remembering of each chain only where it stands.

use super::ends::{ChainEnd, LANES};
use super::link::StoredLink;
use super::verify::{BrokenLink, Fault};

/// An end as `audit_chains` keeps it; as of a link, all of it may be missing.
#[derive(Clone, Debug, Default)]
pub(super) struct StoredEnd {
    pub(super) lane: Option<i16>,
    pub(super) position: Option<i64>,
    pub(super) hash: Option<Vec<u8>>,
}

/// Where the walk stands in all chains.
pub(super) struct Walk {
    lanes: Vec<Lane>,
    /// The first entry that belongs to no chain.
    stray: Option<BrokenLink>,
    entries: i64,
}

struct Lane {
    end: ChainEnd,
    broken: Option<BrokenLink>,
    /// An end of an earlier day that was kept elsewhere and is still ahead.
    kept: Option<ChainEnd>,
}

impl Walk {
    /// Before the first link. `kept` are ends of an earlier day, at most one of each chain.
    pub(super) fn new(kept: &[ChainEnd]) -> Self {
        let lane = |lane| Lane {
            end: ChainEnd { lane, position: 0, hash: Vec::new() },
            broken: None,
            kept: kept.iter().find(|end| end.lane == lane && end.position > 0).cloned(),
        };
        Self { lanes: (0..).take(LANES).map(lane).collect(), stray: None, entries: 0 }
    }

    /// The next entry, in the order of lanes and positions.
    pub(super) fn step(&mut self, link: &StoredLink) {
        self.entries += 1;
        let lane = link.lane.and_then(|lane| self.lanes.get_mut(usize::try_from(lane).ok()?));
        match (lane, link.position) {
            (Some(lane), Some(position)) => lane.step(link, position),
            _ => {
                self.stray.get_or_insert(BrokenLink {
                    lane: link.lane,
                    position: link.position,
                    id: link.id,
                    fault: Fault::Stray,
                });
            }
        }
    }

    /// Behind the last link: compares with the ends that the database keeps.
    pub(super) fn finish(mut self, stored: &[StoredEnd]) -> (Vec<ChainEnd>, Vec<BrokenLink>) {
        for lane in &mut self.lanes {
            lane.finish(stored);
        }
        let no_chain = stored
            .iter()
            .find(|end| !self.lanes.iter().any(|lane| Some(lane.end.lane) == end.lane))
            .map(|end| BrokenLink {
                lane: end.lane,
                position: end.position,
                id: None,
                fault: Fault::Stray,
            });
        let ends: Vec<ChainEnd> = self.lanes.iter().map(|lane| lane.end.clone()).collect();
        let broken = self.lanes.into_iter().filter_map(|lane| lane.broken);
        let mut broken: Vec<BrokenLink> = broken.chain(self.stray).chain(no_chain).collect();
        // Follows from all of the above; said once more because it costs nothing.
        let counted = stored.iter().filter_map(|end| end.position).fold(0, i64::saturating_add);
        if broken.is_empty() && counted != self.entries {
            broken.push(BrokenLink { fault: Fault::Miscounted, ..BrokenLink::nowhere() });
        }
        (ends, broken)
    }
}

impl Lane {
    fn step(&mut self, link: &StoredLink, position: i64) {
        let hash = link.computed_hash();
        let fault = if link.hash.as_ref() != Some(&hash) {
            Some(Fault::Changed)
        } else if position != self.end.position.saturating_add(1) {
            Some(Fault::Missing)
        } else if link.previous_hash.as_ref() != Some(&self.end.hash) {
            Some(Fault::Moved)
        } else if self
            .kept
            .take_if(|kept| kept.position == position)
            .is_some_and(|kept| kept.hash != hash)
        {
            Some(Fault::Rewritten)
        } else {
            None
        };
        if let Some(fault) = fault {
            self.found(position, link.id, fault);
        }
        self.end = ChainEnd { lane: self.end.lane, position, hash };
    }

    fn finish(&mut self, stored: &[StoredEnd]) {
        let ours: Vec<&StoredEnd> =
            stored.iter().filter(|end| end.lane == Some(self.end.lane)).collect();
        match ours[..] {
            [end] => {
                let is_last = end.position == Some(self.end.position)
                    && end.hash.as_ref() == Some(&self.end.hash);
                if !is_last {
                    self.found(end.position.unwrap_or(self.end.position), None, Fault::CutOff);
                }
            }
            _ => self.found(self.end.position, None, Fault::NoEnd),
        }
        if let Some(kept) = self.kept.take() {
            self.found(kept.position, None, Fault::CutOff);
        }
    }

    /// Only the first one counts: behind it nothing in this chain is certain.
    fn found(&mut self, position: i64, id: Option<i64>, fault: Fault) {
        let lane = Some(self.end.lane);
        self.broken.get_or_insert(BrokenLink { lane, position: Some(position), id, fault });
    }
}
