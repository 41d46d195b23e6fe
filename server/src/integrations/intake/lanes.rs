//! The requests of a group are split over lanes by encounter, and their answers are joined again.

use px360_domain::Failure;

use super::{Committed, Request};
use crate::error::Result;
use crate::integrations::shards::LANES;

/// Everything in one lane.
pub(super) fn one(requests: Vec<Request>) -> (Vec<Vec<Request>>, Order) {
    let order = requests.iter().map(|request| vec![0; request.arrivals.len()]).collect();
    (vec![requests], order)
}

/// In which lane each message of each request is.
pub(super) type Order = Vec<Vec<usize>>;

/// The parts of the requests in each lane; each lane has a part of every request, which may be empty.
pub(super) fn split(requests: Vec<Request>) -> (Vec<Vec<Request>>, Order) {
    let mut parts: Vec<Vec<Request>> = (0..LANES).map(|_| Vec::new()).collect();
    let mut order = Order::with_capacity(requests.len());
    for Request { reach, sole, arrivals } in requests {
        for lane in &mut parts {
            lane.push(Request { reach: reach.clone(), sole, arrivals: Vec::new() });
        }
        let mut places = Vec::with_capacity(arrivals.len());
        for arrival in arrivals {
            let place = arrival.shard().lane();
            places.push(place);
            if let Some(part) = parts.get_mut(place).and_then(|lane| lane.last_mut()) {
                part.arrivals.push(arrival);
            }
        }
        order.push(places);
    }
    (parts, order)
}

/// What each request is answered: its items in the order of its messages, or what went wrong in one of its lanes.
pub(super) fn join(lanes: Vec<Committed>, order: &Order) -> Committed {
    let mut lanes: Vec<_> = lanes.into_iter().map(Vec::into_iter).collect();
    let mut next = |places: &Vec<usize>| {
        let mut parts = Vec::with_capacity(lanes.len());
        for lane in &mut lanes {
            // A lane that broke down has no answers.
            let part = lane.next().unwrap_or_else(|| Err(Failure::Unavailable.into()));
            parts.push(part.map(Vec::into_iter));
        }
        let mut parts = parts.into_iter().collect::<Result<Vec<_>>>()?;
        Ok(places.iter().filter_map(|place| parts.get_mut(*place)?.next()).collect())
    };
    order.iter().map(&mut next).collect()
}
