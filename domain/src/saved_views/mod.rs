//! Saved views: lists with their filters, order and columns, kept under a name.
//!
//! A view holds no rows: whoever opens a shared one sees what their own rights reach. Keeping and
//! sharing is in `px360-server`'s `saved_views`; what a list can be filtered by, in its own module.

mod contract;
mod rules;

pub use contract::*;
pub use rules::check_view;

closed_enum! {
    /// A list that views can be saved of.
    pub enum ListName {
        /// The action center.
        Actions => "actions",
    }
}

closed_enum! {
    /// Who finds a view beside the list.
    pub enum Audience {
        /// Whoever saved it.
        Personal => "personal",
        /// Everybody in a hospital, or in the group.
        Team => "team",
        /// Everybody with one role there.
        Role => "role",
    }
}
