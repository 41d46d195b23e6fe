//! Journeys: what should happen in an encounter, and what did.
//!
//! [`advance_in`] brings the journeys of a batch of encounters to where everything that was said of them puts
//! them: it opens journeys, moves stages and, in the same transaction, asks for surveys and takes them back.
//! How an encounter stands is a pure rule of `px360-domain`. Called by `integrations` only. People see where
//! everybody is in [`board`] and [`journey`], and say in [`save_draft`] and [`publish`] what should happen.

pub mod api;
mod api_templates;
mod editing;
mod encounter;
mod look;
mod store;
mod templates;

pub use editing::{
    create_draft, discard_draft, publish, retire, running, save_draft, template, templates,
};
pub use encounter::{Applied, Story, advance_in, standing};
pub use look::{board, journey, journeys, journeys_of_in};
pub use templates::{Templates, published_templates_in, templates_with_in};
