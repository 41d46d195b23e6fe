//! What became of messages to patients.

mod address;
mod filter_form;
mod line;
mod page;
mod pauses;

pub(crate) use page::DeliveriesPage;
