//! People who sign in, and the systems that hold a key: passwords, second factors, sessions, tokens,
//! roles.
//!
//! What a role may do is in `px360_domain::access`; how a request finds its caller is in
//! [`crate::http`]. Anyone may use this module.

mod actor;
pub mod api;
mod api_delegations;
mod api_own;
mod api_people;
mod change_password;
mod create_user;
mod delegations;
mod end_everything;
mod gate;
mod me;
mod password;
mod profile;
mod reauth;
mod reset_password;
mod roles;
mod second_factor;
mod second_step;
mod sessions;
mod sign_in;
mod sign_out;
mod single_sign_on;
mod source_keys;
mod store;
mod sweep;
mod throttle;
mod tokens;

pub use actor::load_actor;
pub(crate) use actor::load_actor_proved;
pub use change_password::change_password;
pub(crate) use create_user::create_with_id_in;
pub use create_user::{NewUser, create_in, ensure_role_in};
pub(crate) use delegations::{Presence, presence_in};
pub use delegations::{delegate, delegations, deputies, end_delegation};
pub use end_everything::end_everything_in;
pub(crate) use gate::require_above_in;
pub use me::me;
pub use password::{check_password, hash_password};
pub use profile::{profile, update_profile};
pub use reset_password::reset_password;
pub use roles::{grant_role, guard_last_px_admin_in, list_roles, revoke_role, roles_of};
pub(crate) use second_factor::SealKeys;
pub use second_factor::{
    begin_second_factor, confirm_second_factor, disable_second_factor, renew_recovery_codes,
    reset_second_factor,
};
pub use second_step::finish_sign_in;
pub use sessions::{PgSessionStore, end_other_sessions, end_session, list_sessions};
pub(crate) use sessions::{
    SESSION_BEGUN_AT, SESSION_ENDS_AT, SESSION_IDLE_MINUTES, SESSION_IP, SESSION_SEEN_AT,
    SESSION_USER, SESSION_USER_AGENT, unavailable,
};
pub use sign_in::{HalfSignedIn, SignIn, SignedIn, Step, sign_in};
pub use sign_out::sign_out;
pub use single_sign_on::{SentToProvider, begin_single_sign_on, finish_single_sign_on};
pub use source_keys::hash_api_key;
pub(crate) use source_keys::{SourceKeys, of_sender};
pub use sweep::sweep_expired_in;
pub(crate) use tokens::TokenKeys;
pub use tokens::{TokenPair, issue_tokens, renew_tokens};
