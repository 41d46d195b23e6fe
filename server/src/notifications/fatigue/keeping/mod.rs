//! How rules are kept.

pub(super) mod store;
