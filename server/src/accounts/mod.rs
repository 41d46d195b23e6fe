//! People who sign in, and the systems that hold a key: passwords, sessions, tokens.
//!
//! What a role may do is in `px360_domain::access`; how a request finds its caller is in
//! [`crate::http`]. Anyone may use this module.

mod actor;
pub mod api;
mod create_user;
mod me;
mod password;
mod sessions;
mod sign_in;
mod sign_out;
mod source_keys;
mod store;
mod sweep;
mod throttle;
mod tokens;

pub use actor::load_actor;
pub(crate) use create_user::create_with_id_in;
pub use create_user::{NewUser, create_in, ensure_role_in};
pub use me::me;
pub use password::{PASSWORD_CHARS_MIN, check_password, hash_password};
pub use sessions::PgSessionStore;
pub(crate) use sessions::{SESSION_ENDS_AT, SESSION_IDLE_MINUTES};
pub use sign_in::{SignIn, SignedIn, sign_in};
pub use sign_out::sign_out;
pub(crate) use source_keys::SourceKeys;
pub use source_keys::hash_api_key;
pub use sweep::sweep_expired_in;
pub(crate) use tokens::TokenKeys;
pub use tokens::{TokenPair, issue_tokens, renew_tokens};
