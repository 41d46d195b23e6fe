//! How patients are kept, when people write of them. What events say is in `organizations`.

mod store;

pub(super) use store::*;
