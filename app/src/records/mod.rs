//! Records that people keep: one list and one form for all kinds, read from their description.

mod address;
mod bulk;
mod cell;
mod fields;
mod filters;
mod form;
mod import;
mod inputs;
mod list_page;
mod merge;
mod patient;
mod record_page;
mod rows;
mod server_fns;
mod tree_page;
mod views;
mod words;

#[cfg(feature = "ssr")]
pub(crate) use import::said as fault_in_words;
pub(crate) use import::{ImportPage, UploadPage};
pub(crate) use list_page::RecordsPage;
pub(crate) use merge::MergePage;
pub(crate) use record_page::RecordPage;
pub(crate) use tree_page::TreePage;
pub(crate) use words::first_page;
