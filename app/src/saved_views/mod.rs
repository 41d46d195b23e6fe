//! Saving a list under a name, for oneself or for others.
//!
//! What a list can be filtered by is the list's own; here it is only kept, found and arranged.

mod arrange;
mod form;
mod offer;
mod server_fns;

pub(crate) use arrange::ArrangeViews;
pub(crate) use offer::Offer;
pub(crate) use server_fns::saved_views_opening;
