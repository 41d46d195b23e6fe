//! What is written of templates.

mod store;

pub(super) use store::*;
