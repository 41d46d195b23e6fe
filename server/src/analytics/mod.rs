//! Measures: counted in the transaction of their cause, read from roll-ups; open work is counted from
//! the actions themselves, which have an index for it.
//!
//! The roll-ups hold whole numbers, so they equal a recount of the answers whatever the order of
//! arrival. Counting is for `surveys`, `journeys` and `notifications`; reading is for dashboards.
//! Nothing here changes anybody else's rows.

pub mod api;
mod command_center;
mod count;
mod store;

pub use command_center::command_center;
pub use count::{
    FunnelCount, ResponseCount, count_created_in, count_in, count_response_in, recount_in,
    uncount_in,
};
