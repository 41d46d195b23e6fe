//! One encounter: from everything that was said of it to the rows that say how it stands.

mod advance;
mod reconcile;
mod rows;
mod store;

pub use advance::{Applied, Story, advance_in, standing};
