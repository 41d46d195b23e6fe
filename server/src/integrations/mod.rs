//! Event intake: raw first, then applied.
//!
//! [`receive_events`] commits messages before it answers; [`process_events`] applies them later, in
//! batches, in the order in which things happened. What an event does to a journey is decided in
//! `journeys`; reading JSON is `px360-domain`'s. Sources call the door, the clockwork processes,
//! people look and replay.

pub mod api;
mod body;
mod intake;
mod process_events;
mod receive_events;
mod replay_event;
mod resolve;
mod store;
mod view_event;

pub use body::{RawEvent, split};
pub use intake::Intake;
pub use process_events::process_events;
pub use receive_events::receive_events;
pub use replay_event::replay_event;
pub use view_event::view_event;
