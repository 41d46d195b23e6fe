//! One file per command; `house.rs` is what they have in common.

pub(crate) mod audit;
pub(crate) mod create_default_roles;
pub(crate) mod create_superuser;
pub(crate) mod doctor;
mod house;
pub(crate) mod logging;
pub(crate) mod migrate;
pub(crate) mod permissions;
mod say;
pub(crate) mod seed_demo;
pub(crate) mod serve;
pub(crate) mod simulate;
pub(crate) mod worker;
