//! Event intake: what arrives together is kept in one commit, and answered after it.
//!
//! [`receive_events`] answers when messages are safe. Many at once are applied in the same commit; the others, and what
//! could not be applied, [`process_events`] takes up later. What an event does to a journey is decided in `journeys`; reading JSON, HL7 and
//! FHIR is `px360-domain`'s. Sources call the door over HTTP or talk [`mllp`], the clockwork processes, people
//! look and replay.

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
mod shards;
mod sources;
mod store;
mod view_event;

pub use apply::{ApplyTurn, process_events, try_messages};
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
