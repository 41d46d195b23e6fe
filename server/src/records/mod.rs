//! Records that people keep: hospitals, departments, physicians, employees, patients and users.
//!
//! One list, one form, one REST door for all kinds: what is particular to a kind stands in its
//! description (`px360_domain::records`) and in the statements below `places`, `people` and
//! `patients`. What events say of patients is in [`crate::organizations`]; passwords, roles and
//! sessions are in [`crate::accounts`]. Doors and nobody else call this module.

pub mod api;
mod api_schema;
mod change;
mod change_many;
mod constraints;
mod create;
mod export;
mod find;
pub mod glass;
mod idempotency;
mod identity;
pub mod import;
mod list;
pub mod merge;
mod options;
mod patients;
mod people;
mod places;
mod record;
mod references;
mod remove;
mod save;
mod saved_views;
mod statements;
mod store;
pub mod timeline;
mod tree;
mod write;

pub use change::{Change, change};
pub use change_many::change_many;
pub use create::{Create, create};
pub use export::export;
pub use find::{detail, find};
pub use list::{Page, list, list_views};
pub use options::options;
pub use record::Record;
pub use remove::remove;
pub use save::save;
pub use saved_views::saved_views;
pub use tree::tree;
