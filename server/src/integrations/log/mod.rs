//! The log of messages: looked through, and run again in bulk.

mod list;
mod replay_many;
mod store;

pub use list::events;
pub use replay_many::replay_events;
