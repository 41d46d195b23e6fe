//! Records as files know them: by their keys.

mod store;

pub(super) use store::*;
