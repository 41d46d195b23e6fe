//! Signing in, staying signed in, and being shown out.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy spares tests, but not their helpers"
)]

mod guards;
mod house;
mod own;
mod people;
mod roles;
mod second_factor;
mod sessions;
mod sign_in;
mod sources;
mod tokens;
