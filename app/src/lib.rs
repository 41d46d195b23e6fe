//! PX360's pages, for server and browser alike.
//!
//! The staff pages are rendered on the server and woken up in the browser; the patient pages
//! ([`public`]) are server-only HTML. Pages decide nothing: they ask the use cases through
//! `server_fns.rs` and show what comes back. All texts are in `locales/`.
#![expect(unreachable_pub, reason = "`#[component]` and `#[server]` write `pub` in any case")]

#[macro_use]
mod texts;

mod accounts;
mod actions;
mod analytics;
mod audit;
#[cfg(feature = "hydrate")]
mod broken;
#[cfg(feature = "ssr")]
pub mod build_id;
mod calendar;
mod error;
#[cfg(debug_assertions)]
mod gallery;
mod integrations;
mod journeys;
mod layout;
mod loaded;
mod notifications;
mod pages;
#[cfg(feature = "ssr")]
pub mod public;
mod records;
mod request;
mod routes;
mod saved_views;
mod search;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
pub mod ssr;
mod surveys;
#[cfg(feature = "hydrate")]
mod typed;
mod ui;
mod wire;

#[cfg(feature = "hydrate")]
pub use broken::{show_asleep, show_broken};
pub use error::UiError;
#[cfg(feature = "hydrate")]
pub use pages::{fetch_for_page, say_awake};
pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::shell;
#[cfg(feature = "hydrate")]
pub use typed::TypedMeanwhile;
#[cfg(feature = "ssr")]
pub use wire::{ANOTHER_BUILD, ANSWER_TYPE};
