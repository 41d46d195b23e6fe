//! How often patients are asked: rules that people set, counted at the moment of sending.

mod store;

pub(super) use store::{first_broken, take_turn};
