//! Passwords: argon2id, off the runtime's threads, one at a time.

use std::time::Duration;

use anyhow::Context as _;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use px360_domain::accounts::password_faults;
use px360_domain::{Failure, FieldFault};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::oneshot;

use crate::deps::Deps;
use crate::error::Result;
use crate::task;

/// OWASP's minimum for argon2id: 19 MiB, two passes, one lane.
const PARAMS: Params = match Params::new(19_456, 2, 1, None) {
    Ok(params) => params,
    Err(_) => Params::DEFAULT,
};

/// What the password of an unknown user is compared with, so that the answer takes as long as for a
/// known one. Nobody knows a password for it: the digest was drawn, not computed.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$ZHGhrjUbmb4fDoAFqrWmQw\
                      $0bGw3C4oN2TzhsI2mXj2kRmu3mWkcVtP8pZ1xQdLr9E";

/// Longer than a queue of sign-ins should ever take; then the caller had better come back.
const WAIT_MAX: Duration = Duration::from_secs(15);

/// What comparing a password with a stored hash found.
pub(super) struct Verdict {
    /// Whether it is the right one.
    pub(super) valid: bool,
    /// A new hash of a right password whose stored hash was made with other parameters.
    pub(super) rehashed: Option<String>,
}

/// Every fault of a password that somebody chose for this username.
pub fn check_password(username: &str, password: &SecretString) -> Vec<FieldFault> {
    password_faults("password", username, password.expose_secret())
}

/// Hashes a password for keeping.
///
/// # Errors
/// `Unavailable` when too many wait for the same work.
pub async fn hash_password(deps: &Deps, password: SecretString) -> Result<String> {
    let salt = deps.chance().bytes();
    on_worker(deps, move || hash(&password, salt)).await
}

/// Compares a password with a stored hash; without one the work and its duration are the same.
pub(super) async fn verify(
    deps: &Deps,
    password: SecretString,
    stored: Option<String>,
) -> Result<Verdict> {
    let salt = deps.chance().bytes();
    on_worker(deps, move || {
        let hash_of_somebody = stored.is_some();
        let parsed = PasswordHash::new(stored.as_deref().unwrap_or(NOBODY))
            .context("a stored password hash is unreadable")?;
        let matches =
            hasher().verify_password(password.expose_secret().as_bytes(), &parsed).is_ok();
        let valid = hash_of_somebody && matches;
        let rehashed =
            if valid && is_outdated(&parsed) { Some(hash(&password, salt)?) } else { None };
        Ok(Verdict { valid, rehashed })
    })
    .await
}

fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, PARAMS)
}

fn hash(password: &SecretString, salt: [u8; 16]) -> anyhow::Result<String> {
    let hash: PasswordHash = hasher()
        .hash_password_with_salt(password.expose_secret().as_bytes(), &salt)
        .context("hashing a password")?;
    Ok(hash.to_string())
}

fn is_outdated(hash: &PasswordHash) -> bool {
    let costs = |params: &Params| (params.m_cost(), params.t_cost(), params.p_cost());
    hash.algorithm != argon2::ARGON2ID_IDENT
        || Params::try_from(hash).map_or(true, |params| costs(&params) != costs(&PARAMS))
}

/// Does the work on a blocking thread, holding one of the permits that bound it.
///
/// The permit is held by a task of its own: a caller who hangs up must not release it while the
/// thread still computes, or hanging up would be the way around the bound.
async fn on_worker<T: Send + 'static>(
    deps: &Deps,
    work: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
) -> Result<T> {
    let (answer, answered) = oneshot::channel();
    let deps = deps.clone();
    task::spawn("password worker", async move {
        let Ok(_permit) = deps.password_workers().acquire().await else { return };
        if answer.is_closed() {
            return;
        }
        let done = tokio::task::spawn_blocking(work).await;
        // Nobody listens any more: then nobody needs it.
        answer.send(done).ok();
    });
    let Ok(answered) = tokio::time::timeout(WAIT_MAX, answered).await else {
        metrics::counter!("px360_password_queue_timeouts_total").increment(1);
        return Err(Failure::Unavailable.into());
    };
    let done = answered.context("the password worker went away")?;
    Ok(done.context("the password worker panicked")??)
}
