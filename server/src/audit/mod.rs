//! What is remembered of everything that is done: written by units of work only, never changed, and
//! chained, so that whoever changed it all the same is found out.
//!
//! [`Entry`] is for every use case; [`verify`] walks the chains; [`events`] is for those who may read.

pub mod api;
mod entry;
mod events;
mod store;
mod verify;

pub use entry::Entry;
pub use events::events;
pub(crate) use store::write;
pub use verify::{BrokenLink, Verdict, verify};
