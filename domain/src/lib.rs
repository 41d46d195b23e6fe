//! PX360's words and rules.
//!
//! This crate is true with no database, no clock and no network: models, pure rules and the
//! commands and views that cross the wire. It compiles for the server and for the browser; nothing
//! here may ask for the time, for chance or for IO. What it needs of either is a parameter.

#[macro_use]
mod closed_enum;

pub mod access;
pub mod accounts;
pub mod actions;
pub mod analytics;
pub mod audit;
pub mod bilingual;
pub mod bulk;
pub mod calendar;
pub mod changes;
pub mod compact;
pub mod contact;
pub mod dates;
pub mod failure;
pub mod file_format;
pub mod ids;
pub mod integrations;
pub mod journeys;
pub mod notifications;
pub mod organizations;
pub mod page;
pub mod paths;
pub mod records;
pub mod saved_views;
pub mod search;
pub mod surveys;

pub use bilingual::{Bilingual, Locale};
pub use failure::{Failure, FieldFault};
pub use file_format::FileFormat;
