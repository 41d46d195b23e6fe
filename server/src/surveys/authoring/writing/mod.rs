//! What is written of survey templates.

mod store;

pub(super) use store::*;
