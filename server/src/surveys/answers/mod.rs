//! The answers of one survey.

mod store;

pub(super) use store::{all, replace, settle};
