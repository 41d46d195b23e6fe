//! How often patients are asked: rules that people set, counted at the moment of sending.

mod keeping;
mod rules;
mod store;

pub(super) use keeping::store::surveys;
pub use rules::{create_fatigue_rule, fatigue_rules, published_surveys, remove_fatigue_rule};
pub(super) use store::{first_broken, take_turn};
