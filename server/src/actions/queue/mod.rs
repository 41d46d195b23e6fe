//! The queue as a set: what a filter holds, in which order, and how much of it there is.
//!
//! Rows about one action are in `views`.

pub(super) mod store;
