//! The password once more, from somebody who is signed in.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::accounts::{Hidden, PASSWORD_BYTES_MAX};
use secrecy::SecretString;

use super::create_user;
use super::password;
use super::store::{self, Account};
use super::throttle::Attempt;
use crate::audit::Entry;
use crate::ctx::{Ctx, Granted};
use crate::error::Result;

/// Somebody who is signed in and has shown the password again.
pub(super) struct Reproven {
    pub(super) granted: Granted,
    pub(super) account: Account,
    /// Counted as a failure; taken back when all else is right too.
    pub(super) attempt: Attempt,
}

/// Asks whether this is the caller's password.
///
/// A session that was stolen must not be a way to guess the password, so the attempt is counted as
/// one to sign in.
///
/// # Errors
/// `Invalid` on `field` for a wrong password; `TooMany` after too many of them.
pub(super) async fn prove_password(
    ctx: &Ctx,
    field: &'static str,
    password: &Hidden,
) -> Result<Reproven> {
    let granted = ctx.require(Permission::ProfileWrite)?;
    let user_id = ctx.user_id().ok_or(Failure::Forbidden)?;
    let code = match password.expose().len() {
        0 => Some("required"),
        length if length > PASSWORD_BYTES_MAX => Some("too_long"),
        _ => None,
    };
    if let Some(code) = code {
        return Err(Failure::invalid(field, code).into());
    }
    let account = store::find_account_of(ctx.read(&granted), user_id).await?;
    let account = account.ok_or(Failure::Unauthenticated)?;
    let attempt = Attempt::new(ctx, &create_user::sign_in_name(&account.username));
    attempt.charge(ctx).await?;
    let password = SecretString::from(password.expose());
    let stored = Some(account.password_hash.clone());
    if password::verify(ctx.deps(), password, stored).await?.valid {
        return Ok(Reproven { granted, account, attempt });
    }
    let mut tx = ctx.begin(granted).await?;
    tx.record(Entry::refused("account.password_asked", "user", user_id));
    tx.commit().await?;
    Err(Failure::invalid(field, "wrong_password").into())
}
