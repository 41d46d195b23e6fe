//! A private, durable Postgres made from the programs that are on this machine.
//!
//! This is for those who run PX360 without a database of their own, and for tests. It finds
//! Postgres, creates a cluster in a folder, starts it on a free local port and stops it again.
//! Nothing here knows what PX360 keeps in it, and nothing is ever downloaded.
//!
//! As root the Postgres programs run as the user `postgres`, because Postgres refuses root.

mod account;
mod binaries;
mod cluster;
mod create;
mod error;
mod guard;
mod launch;
mod options;
mod place;
mod postmaster;
mod secret;
mod settings;

pub use cluster::{Cluster, remove};
pub use error::Error;
pub use options::Options;

/// Says which Postgres a new cluster would be made with, for instance
/// `Postgres 17 in /usr/lib/postgresql/17/bin`.
///
/// # Errors
/// [`Error::NoBinaries`] or [`Error::NoAccount`], whose messages say what to install.
pub fn available() -> Result<String, Error> {
    let found = binaries::find(&account::Account::current()?, None)?;
    Ok(format!("Postgres {} in {}", found.major, found.dir.display()))
}
