//! Patient 360: encounters, stages, invitations (also those that were not sent, and why), answers and
//! actions on one axis.

pub mod api;
mod store;
mod view;

pub use view::view;
