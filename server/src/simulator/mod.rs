//! A feed as hospitals send it: several of them, day and night, in order and out of it.
//!
//! The same seed gives the same feed, byte for byte, so that demo data, tests and benchmarks speak of the same
//! visits. [`simulate`] makes what happens; [`as_it_comes`] says in which order, and how often, it arrives;
//! [`render`] writes it in one of the formats of event intake.

mod feed;
mod people;
mod plan;
mod render;
mod visits;

pub use feed::{Arrivals, as_it_comes};
pub use plan::{Simulated, SimulatedPerson, SimulationPlan};
pub use render::render;
pub use visits::simulate;
