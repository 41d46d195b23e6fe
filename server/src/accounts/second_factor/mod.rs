//! The second factor: codes of an authenticator app (RFC 6238), and recovery codes for its loss.
//!
//! A person begins by showing the password and gets a secret; the first right code confirms it and
//! brings ten recovery codes. From then on [`accept_in`] is asked by every sign-in, and no code
//! counts twice. The secret is sealed by [`SealKeys`] under a key that the database does not hold.

mod accept;
mod begin;
mod confirm;
mod disable;
mod prove;
mod recovery;
mod renew;
mod reset;
mod seal;
mod store;
mod totp;

pub(super) use accept::accept_in;
pub use begin::begin_second_factor;
pub use confirm::confirm_second_factor;
pub use disable::disable_second_factor;
pub(super) use recovery::random_words;
pub use renew::renew_recovery_codes;
pub use reset::reset_second_factor;
pub(crate) use seal::SealKeys;
