//! One's own details.

mod store;
mod update;
mod view;

pub use update::update_profile;
pub use view::profile;
