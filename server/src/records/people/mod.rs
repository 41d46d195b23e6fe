//! How physicians, employees and users are kept.

mod store;
mod users;

pub(super) use store::*;
pub(super) use users::{change_user, create_user, remove_user};
