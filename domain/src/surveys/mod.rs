//! Surveys: what is asked, which answers are allowed, and what they are worth.
//!
//! Rendering is in `px360-app`'s public pages, storing in `px360-server`. `journeys` causes
//! surveys; a low score causes an action.

mod contract;
mod model;
mod questions;
mod scoring;

#[cfg(feature = "openapi")]
pub(crate) use contract::Bare;
pub use contract::*;
pub use model::*;
pub use questions::{check_complete, check_page};
pub use scoring::{BASIS_POINTS, Outcome, TriggeredRule, outcome};
