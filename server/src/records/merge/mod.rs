//! Two records that are one patient: found, compared, merged, and parted again.
//!
//! Everything of the one who goes moves to the survivor: record numbers, journeys, surveys, messages. What
//! moved is remembered, so that a merge that was wrong can be undone, and only that moves back.

pub mod api;
mod compare;
mod kin;
mod merge_patients;
mod store;
mod told;
mod undo;

pub use compare::compare;
pub use kin::kin;
pub(super) use kin::{kin_silently, must_see};
pub use merge_patients::merge;
pub use told::merge_told_in;
pub use undo::undo;
