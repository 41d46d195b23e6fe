//! What is remembered of everything that is done.
//!
//! Writing and chaining is in `px360-server`'s `audit`; nothing here can change an entry.

mod contract;
mod view;

pub use contract::*;
pub use view::*;

closed_enum! {
    /// How an act ended.
    pub enum Outcome {
        /// It was done.
        Done => "done",
        /// It was refused, and the refusal is worth remembering.
        Refused => "refused",
    }
}
