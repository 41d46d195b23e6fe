//! Which hospital each message speaks of, and whether its source may.

use std::collections::{BTreeSet, HashMap};

use px360_domain::FieldFault;
use px360_domain::ids::{HospitalId, SourceId};
use px360_domain::integrations::{EventFormat, EventMessage};

use super::{Arrival, Request, store};
use crate::error::Result;
use crate::integrations::mappings::{self, Mappings};
use crate::tx::Tx;

/// A message that can be kept under its hospital, or what is the matter with it.
pub(in crate::integrations) struct Checked<'a> {
    pub(in crate::integrations) arrival: &'a Arrival,
    pub(in crate::integrations) placed: Result<Placed<'a>, Vec<FieldFault>>,
}

/// A message, and the hospital that it speaks of.
#[derive(Clone, Copy)]
pub(in crate::integrations) struct Placed<'a> {
    pub(in crate::integrations) message: &'a EventMessage,
    pub(in crate::integrations) hospital_id: HospitalId,
}

/// Checks the messages of requests; answers all of them, request after request.
pub(super) async fn check<'a>(tx: &mut Tx, requests: &[&'a Request]) -> Result<Vec<Checked<'a>>> {
    let hospitals = Hospitals {
        by_code: store::hospitals(tx, codes(requests)).await?,
        mappings: mappings::of_sources(tx, &sources(requests)).await?,
    };
    let of_request = |request: &'a Request| {
        let hospitals = &hospitals;
        request.arrivals.iter().map(move |arrival| {
            let placed = arrival.message.as_ref().map_err(Clone::clone).and_then(|message| {
                let hospital_id = hospitals.of(arrival, message, request)?;
                Ok(Placed { message, hospital_id })
            });
            Checked { arrival, placed }
        })
    };
    Ok(requests.iter().copied().flat_map(of_request).collect())
}

/// Who sent them.
pub(super) fn sources(requests: &[&Request]) -> BTreeSet<SourceId> {
    let arrivals = requests.iter().flat_map(|request| &request.arrivals);
    arrivals.map(|arrival| arrival.source_id).collect()
}

fn codes(requests: &[&Request]) -> Vec<String> {
    let arrivals = requests.iter().flat_map(|request| &request.arrivals);
    let messages = arrivals.filter_map(|arrival| arrival.message.as_ref().ok());
    let codes: BTreeSet<&str> = messages.map(|message| message.hospital.as_str()).collect();
    codes.into_iter().map(str::to_owned).collect()
}

/// What tells which hospital a message speaks of.
struct Hospitals {
    by_code: HashMap<String, HospitalId>,
    mappings: Mappings,
}

impl Hospitals {
    /// The hospital of a message, if it exists and its source may speak for it. A source of one hospital that
    /// calls it something of its own speaks of that one, except in our own format, where codes are ours.
    fn of(
        &self,
        arrival: &Arrival,
        message: &EventMessage,
        request: &Request,
    ) -> Result<HospitalId, Vec<FieldFault>> {
        self.mappings
            .hospital(arrival.source_id, &message.hospital)
            .or_else(|| self.by_code.get(&message.hospital).copied())
            .or_else(|| request.sole.filter(|_| arrival.format != EventFormat::Json))
            .filter(|hospital| request.reach.covers(*hospital, None, None))
            .ok_or_else(|| vec![FieldFault::new("hospital", "unknown_hospital")])
    }
}
