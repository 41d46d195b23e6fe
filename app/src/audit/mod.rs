//! What was done, by whom and when, for those who have to know.

mod address;
mod choices;
mod entry;
mod filter_form;
mod list_page;
mod server_fns;
mod words;

pub(crate) use list_page::AuditPage;
