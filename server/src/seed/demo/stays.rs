//! Emergencies and stays in a bed of the days before today, told by each hospital in a format of its own.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use px360_domain::integrations::EventFormat;
use px360_domain::journeys::PatientClass;

use super::history::HistoryPlan;
use crate::error::Result;
use crate::integrations::RawEvent;
use crate::simulator::{Simulated, SimulationPlan, render, simulate};

/// How much busier the simulated house is than what is told of it: outpatients have a past already.
const SHARE: u32 = 2;

/// The hospitals of the demo group: which code, and in which format it sends.
pub(super) const RIYADH: (&str, EventFormat) = ("RYD", EventFormat::Json);
pub(super) const JEDDAH: (&str, EventFormat) = ("JED", EventFormat::Hl7v2);
pub(super) const DAMMAM: (&str, EventFormat) = ("DMM", EventFormat::Fhir);

/// What happened, in the order in which it did, and is not told yet.
pub(super) struct Stays(Vec<Simulated>);

impl Stays {
    /// Simulates the days from this one on.
    pub(super) fn simulate(start: NaiveDate, plan: &HistoryPlan) -> Result<Self> {
        let simulation = SimulationPlan {
            hospitals: 3,
            start,
            days: plan.days,
            visits_a_day: plan.visits_a_day / SHARE,
            seed: plan.seed,
        };
        let mut all = simulate(&simulation)?;
        let outpatients: HashSet<String> = all
            .iter()
            .filter(|message| message.code == "A04" && message.class == PatientClass::Outpatient)
            .filter_map(|message| message.encounter.clone())
            .collect();
        all.retain(|message| !outpatients.contains(visit(message)));
        for message in &mut all {
            // Nobody shares a phone with the outpatients, who would look like the same people.
            message.person.mobile = message.person.mobile.replacen("05000", "05008", 1);
        }
        Ok(Self(all))
    }

    /// What happened up to this instant and was not told before.
    pub(super) fn until(&mut self, at: DateTime<Utc>) -> Vec<RawEvent> {
        let told = self.0.partition_point(|message| message.at < at);
        self.0.drain(..told).map(|message| event(&message)).collect()
    }
}

/// The number of the visit that a message belongs to, also of one that names none.
fn visit(message: &Simulated) -> &str {
    message.id.rsplit_once('-').map_or(message.id.as_str(), |(number, _)| number)
}

/// The message as its hospital sends it.
fn event(message: &Simulated) -> RawEvent {
    let of = [RIYADH, JEDDAH, DAMMAM].into_iter().find(|(code, _)| *code == message.hospital);
    let format = of.map_or(EventFormat::Json, |(_, format)| format);
    RawEvent { format, payload: render(message, format), fault: None }
}
