//! The whole house, as it is served.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may end where it stands, and looks into tables as nobody else does"
)]

mod builds;
mod crashes;
mod doors;
mod house;
mod identity_provider;
mod matrix;
mod openapi;
mod partitions;
mod public_pages;
mod rates;
mod served;
mod single_sign_on;
mod worker;
