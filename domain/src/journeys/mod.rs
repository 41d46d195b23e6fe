//! Journeys: what should happen in an encounter, and what did.
//!
//! Which stage an event completes is in [`matching`]; how a journey stands after a set of events is
//! in [`machine`]. Both are pure, so that the order of arrival cannot matter. `integrations` feeds
//! journeys, journeys cause surveys.

pub mod machine;
pub mod matching;
mod model;

pub use model::*;
