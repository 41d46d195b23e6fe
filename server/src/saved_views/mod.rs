//! Saved views: who finds which beside a list, and who may change them.
//!
//! A view is only a way to ask; what it finds is counted by the list's own module. Every module
//! with a list may use this one.

mod change;
mod gate;
mod list;
mod mark;
mod remove;
mod save;
mod store;

pub use change::change;
pub(crate) use list::list;
pub use list::opening;
pub use mark::mark;
pub use remove::{remove, restore};
pub use save::save;
