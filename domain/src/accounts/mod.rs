//! People who sign in: who they are and what they were granted.
//!
//! Hashes, sessions and tokens are in `px360-server`; the rules of who may do what are in
//! [`crate::access`]. Anyone may use this module.

mod contract;
mod delegation;
mod hidden;
mod own;
mod password;

pub use contract::*;
pub use delegation::*;
pub use hidden::Hidden;
pub use own::*;
pub use password::{PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN, password_faults};
