//! Logic: which questions a patient sees, and what follows from an answer.
//!
//! One typed tree, evaluated by the same code wherever a survey is answered or tried: on the server, and in the
//! builder's preview. Rules only look back and only lead on, so a survey always ends.

mod condition;
mod path;
mod rule;

pub use condition::{Comparison, Condition, Fact, Facts, LogicOperator, Operand, facts_of};
pub use path::{Path, holds, path};
pub use rule::{Consequence, Operation, Rule, Value, Variable};

#[cfg(test)]
mod tests;
