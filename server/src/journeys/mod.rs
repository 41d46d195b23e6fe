//! Journeys: what should happen in an encounter, and what did.
//!
//! [`advance_in`] brings the journeys of a batch of encounters to where everything that was said of them puts
//! them: it opens journeys, moves stages and, in the same transaction, asks for surveys and takes them back.
//! How an encounter stands is a pure rule of `px360-domain`. Called by `integrations` only.

mod encounter;
mod store;
mod templates;

pub use encounter::{Applied, Story, advance_in};
pub use templates::{Templates, published_templates_in};
