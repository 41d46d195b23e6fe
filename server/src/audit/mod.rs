//! What is remembered of everything that is done: written by units of work only, never changed, and
//! chained, so that whoever changed it all the same is found out.
//!
//! [`Entry`] is for every use case. [`verify`] walks the chains (`walk`), whose hashes it computes itself
//! (`link`), and [`verify_since`] compares them with `ends` that were kept elsewhere. [`events`],
//! [`lines`] and [`export`] are for those who may read.

pub mod api;
mod ends;
mod entry;
mod events;
mod export;
mod link;
mod roots;
mod rows;
mod store;
mod verify;
mod walk;

pub use ends::{ChainEnd, LANES, read_ends};
pub use entry::Entry;
pub use events::{events, lines};
pub use export::export;
pub use roots::{DailyRoot, find_root, keep_root};
pub(crate) use store::write;
pub use verify::{BrokenLink, Fault, Verdict, verify, verify_since};
