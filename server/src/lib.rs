//! PX360's use cases and everything that touches the world.
//!
//! A door (REST, page, job, command) makes a [`Ctx`] and calls a use case; the use case asks for a
//! [`Granted`], begins a [`Tx`] with it, decides with `px360-domain`, stores, records and commits.
//! There is no other way to a connection. See ARCHITECTURE.md for the map.
#![warn(clippy::future_not_send)]

pub mod accounts;
pub mod actions;
pub mod analytics;
pub mod audit;
mod bulk;
pub mod calendar;
mod chance;
mod clock;
pub mod config;
mod ctx;
pub mod dates;
mod db;
mod deps;
mod error;
mod files;
pub mod gateways;
pub mod health;
pub mod http;
pub mod integrations;
pub mod jobs;
pub mod journeys;
mod lines;
pub mod notifications;
pub mod organizations;
mod paging;
mod qr;
pub mod records;
pub mod saved_views;
pub mod seed;
pub mod simulator;
pub mod surveys;
pub mod task;
mod tx;
mod wall;

pub use audit::Entry;
pub use chance::Chance;
pub use clock::{Clock, ManualClock, SystemClock};
pub use ctx::{Actor, Ctx, Granted, HeldGrant, RequestMeta};
pub use db::{MIGRATOR, connect, migrate};
pub use deps::{Deps, DepsParts};
pub use error::{Error, Result};
pub use tx::{Reader, Tx};
pub use wall::Walls;
