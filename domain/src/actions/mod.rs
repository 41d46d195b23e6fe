//! PX actions: pieces of work with an owner and a deadline.
//!
//! States and who may move them are in [`machine`], deadlines in [`crate::calendar`], the ladder
//! of escalations in [`escalation`]. Surveys, complaints, calls and mentions cause actions; actions
//! cause nothing but messages.

mod contract;
pub mod escalation;
pub mod machine;
mod model;

pub use contract::*;
pub use model::*;
