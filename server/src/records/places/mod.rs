//! How hospitals and departments are kept.

mod store;

pub(super) use store::*;
