//! The outbox as its recipients find it: what they were told, and what of it they have seen.
//!
//! Patients have no inbox. How messages come to be and leave the house is one room up.

mod list;
mod mark_read;
mod store;

pub use list::inbox;
pub use mark_read::mark_read;
