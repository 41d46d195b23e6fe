//! Stored messages are applied: read, resolved, and their encounters lived through again.

mod messages;
mod process_events;
mod resolve;
mod store;
mod told_lately;
mod trial;
mod turn;

pub(super) use messages::work_out;
pub use process_events::process_events;
pub(super) use resolve::Read;
pub(super) use store::{Settled, settle};
pub(super) use told_lately::{ToldLately, told_lately_in};
pub use trial::try_messages;
pub use turn::ApplyTurn;
