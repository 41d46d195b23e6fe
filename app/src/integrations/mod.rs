//! The messages of other systems: what came, what it did, and what their codes stand for.

mod address;
pub(crate) mod effects;
mod event_facts;
mod event_page;
mod events_page;
pub(crate) mod faults;
mod filter_form;
mod mapping_form;
mod mappings_page;
mod raw;
mod replay;
mod server_fns;
mod source_card;
mod source_fields;
mod source_form;
mod source_key;
mod sources_page;
mod waiting;
pub(crate) mod words;

pub(crate) use event_page::EventPage;
pub(crate) use events_page::EventsPage;
pub(crate) use mappings_page::MappingsPage;
pub(crate) use server_fns::{integrations_event_raw, integrations_sources};
pub(crate) use sources_page::SourcesPage;
