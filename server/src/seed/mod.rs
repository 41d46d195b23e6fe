//! What a new house begins with: roles, the first person, and demo data.
//!
//! Only commands of the operator call this, as [`crate::Actor::System`].

pub mod demo;
mod library;
pub mod roles;
pub mod superuser;
