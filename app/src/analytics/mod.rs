//! The command center: how many, how good, and how sure we are. Shows numbers, decides nothing.

mod command_center_page;
mod departments;
mod filter;
mod funnel;
mod server_fns;
mod tiles;
mod trend;
#[cfg(feature = "ssr")]
mod trend_chart;

pub(crate) use command_center_page::CommandCenterPage;
