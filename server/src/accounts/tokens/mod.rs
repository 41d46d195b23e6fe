//! Tokens of scripts: a short-lived access token, and a refresh token that is good for one renewal.

mod issue;
mod keys;
mod renew;
mod store;

pub use issue::{TokenPair, issue_tokens};
pub(crate) use keys::TokenKeys;
pub use renew::renew_tokens;
pub(super) use store::{delete_expired, revoke_all};
