//! Answers that lead to nobody (ADR 0038).

mod mix;
mod store;

pub(super) use mix::mix_answers;
pub(super) use store::{cut_off, forget_unfinished};
