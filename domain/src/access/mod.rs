//! Who may do what, where: pure data and pure questions.
//!
//! The server's `Ctx::require` asks [`policy`] and is the only one to hand out a `Granted`. Pages
//! ask the same table what to show. Nothing here knows sessions, tokens or SQL.

mod authority;
mod permission;
mod policy;
mod role;
mod scope;

pub use authority::{HeldGrant, Place, level_at, may_grant, may_secure};
pub use permission::Permission;
pub use policy::{DELEGATED, OWN_ACCOUNT, looks_after, permissions_of, policy, policy_table};
pub use role::Role;
pub use scope::{Reach, Scope};
