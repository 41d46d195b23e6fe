//! A request is split over the lanes of its encounters, and its answers are joined again.

use std::collections::BTreeMap;

use px360_domain::integrations::EventReceiptItem;

use super::Arrival;

/// The arrivals of each lane that has some, and which of those parts each came into, in the order in which they came.
pub(super) fn split(
    arrivals: Vec<Arrival>,
    lanes: usize,
) -> (BTreeMap<usize, Vec<Arrival>>, Vec<usize>) {
    let mut parts: BTreeMap<usize, Vec<Arrival>> = BTreeMap::new();
    let mut order = Vec::with_capacity(arrivals.len());
    for arrival in arrivals {
        let lane = arrival.shard().lane(lanes);
        order.push(lane);
        parts.entry(lane).or_default().push(arrival);
    }
    let places: Vec<usize> = parts.keys().copied().collect();
    let part = |lane| places.binary_search(&lane).unwrap_or_default();
    (parts, order.into_iter().map(part).collect())
}

/// The answers in the order in which the messages came.
pub(super) fn join(parts: Vec<Vec<EventReceiptItem>>, order: &[usize]) -> Vec<EventReceiptItem> {
    let mut parts: Vec<_> = parts.into_iter().map(Vec::into_iter).collect();
    order.iter().filter_map(|part| parts.get_mut(*part)?.next()).collect()
}
