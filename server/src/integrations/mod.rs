//! Event intake: raw first, then applied.
//!
//! [`receive_events`] commits messages before it answers; [`process_events`] applies them later, in
//! batches, in the order in which things happened. What an event does to a journey is decided in
//! `journeys`; reading JSON, HL7 and FHIR is `px360-domain`'s. Sources call the door over HTTP or talk
//! [`mllp`], the clockwork processes, people look and replay.

mod acknowledge;
pub mod api;
mod api_log;
mod api_sources;
mod apply;
mod body;
mod charset;
mod formats;
mod intake;
mod log;
mod mappings;
pub mod mllp;
mod preview;
mod raw;
mod receive_events;
mod replay_event;
mod sources;
mod store;
mod view_event;

pub use apply::{process_events, try_messages};
pub use body::{RawEvent, split, split_fhir, split_hl7};
pub use intake::Intake;
pub use log::{events, replay_events};
pub use mappings::{mapping_targets, mappings, remove_mapping, set_mapping};
pub use preview::preview;
pub use raw::view_raw_event;
pub use receive_events::receive_events;
pub use replay_event::replay_event;
pub use sources::{create_source, renew_source_key, sources, update_source, watch_sources};
pub use view_event::view_event;
