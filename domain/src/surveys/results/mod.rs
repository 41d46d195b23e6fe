//! What came back: how invitations became answers, and what the answers to each question say.

mod contract;
mod figures;

pub use contract::*;
pub use figures::{Counted, Counts, answer_results};

#[cfg(test)]
mod tests;
