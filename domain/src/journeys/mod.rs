//! Journeys: what should happen in an encounter, and what did.
//!
//! How an encounter stands is a pure function of everything that was said of it: [`fold`] sorts the
//! happenings by their own time and lives through them, so that the order of arrival cannot matter. What one
//! happening does to one journey is in [`matching`], how stages stand to each other in [`machine`], and who
//! is asked in [`asking`]. `integrations` feeds journeys, journeys cause surveys.

pub mod asking;
mod fold;
mod leaving;
mod live;
pub mod machine;
pub mod matching;
mod model;
mod moves;
mod said;
mod state;
pub mod template;
mod trigger;

#[cfg(test)]
mod tests;

pub use fold::{Deed, Outcome, Visit, fold};
pub use leaving::Leaving;
pub use live::*;
pub use model::*;
pub use said::*;
pub use state::{JourneyState, StageState, Stay};
pub use trigger::*;
