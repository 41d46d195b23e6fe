//! Journeys: what should happen in an encounter, and what did.
//!
//! [`live_in`] finds where everything that was said of a batch of encounters puts their journeys, and [`write_in`]
//! writes it: journeys open, stages move and, in the same transaction, surveys are asked for and taken back.
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
pub use encounter::{Applied, Lived, Story, live_in, standing, write_in};
pub use look::{board, journey, journeys, journeys_of_in};
pub use templates::{Templates, published_templates_in, templates_with_in};
