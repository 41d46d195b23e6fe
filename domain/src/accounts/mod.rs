//! People who sign in: who they are and what they were granted.
//!
//! Passwords, sessions and tokens are in `px360-server`; the rules of who may do what are in
//! [`crate::access`]. Anyone may use this module.

mod contract;
pub use contract::*;
