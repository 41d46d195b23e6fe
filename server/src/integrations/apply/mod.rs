//! Stored messages are applied: read, resolved, and their encounters lived through again.

mod messages;
mod process_events;
mod resolve;
mod store;

pub use process_events::process_events;
