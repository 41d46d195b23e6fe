//! The action center: the queue of PX actions, and one action with everything about it.
//!
//! What may be done is asked of the server (`may`), which asks again when it is done.

mod address;
mod bulk;
mod clocks;
mod detail_page;
mod facts;
mod filter_bar;
mod list_page;
mod mutation;
mod neighbours;
mod next_step;
mod row;
mod server_fns;
mod timeline;
mod views;
mod words;

pub(crate) use address::Address;
pub(crate) use detail_page::ActionPage;
pub(crate) use list_page::ActionsPage;
pub(crate) use words::{severity as severity_word, status as status_word};
