//! One encounter: from everything that was said of it to the rows that say how it stands.

mod live;
mod reconcile;
mod rows;
mod store;

pub use live::{Applied, Lived, Story, live_in, standing, write_in};
