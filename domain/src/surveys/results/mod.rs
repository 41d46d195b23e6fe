//! What came back: how invitations became answers, and what the answers to each question say.

mod contract;
mod figures;
mod masked;

pub use contract::*;
pub use figures::{Counted, Counts, answer_results};
pub use masked::masked;

#[cfg(test)]
mod tests;
