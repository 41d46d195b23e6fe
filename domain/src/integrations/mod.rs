//! Event intake: the message that a source sends, and what we answer.
//!
//! Parsing is pure and finds every fault at once. Storing and applying are in `px360-server`.

mod contract;
mod parse;

pub use contract::*;
pub use parse::parse;
