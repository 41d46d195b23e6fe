//! Journeys: what should happen in an encounter, and what did.
//!
//! [`advance_in`] applies a batch of resolved events: it opens journeys, completes stages and, in
//! the same transaction, asks for surveys. Which stage an event completes and how a journey stands
//! are pure rules of `px360-domain`. Called by `integrations` only.

mod advance;
mod board;
mod store;
mod templates;

pub use advance::{Applied, ResolvedEvent, advance_in};
pub use templates::{Templates, published_templates_in};
