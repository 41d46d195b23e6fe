//! What a journey template says, while it is written: its shape, its faults, and how two versions differ.

mod body;
mod check;
mod contract;
mod diff;

pub use body::*;
pub use check::{Finding, FindingCode, blocks, check, findings};
pub use contract::*;
pub use diff::{Change, StagePart, diff};
