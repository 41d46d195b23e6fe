//! Measures: how many, how good, and how sure we are.
//!
//! Formulas are in [`measures`]; reading the roll-ups is in `px360-server`. Nothing here writes.

mod contract;
pub mod measures;

pub use contract::*;
