//! What the signed-in person was told: the bell above every page, and a page of its own.

mod bell;
mod deliveries;
mod inbox_page;
mod line;
mod rules;
mod server_fns;
mod words;

pub(crate) use bell::{Bell, InboxResource, unread_badge};
pub(crate) use deliveries::DeliveriesPage;
pub(crate) use inbox_page::InboxPage;
pub(crate) use rules::FatigueRulesPage;
pub(crate) use words::reason as reason_word;
