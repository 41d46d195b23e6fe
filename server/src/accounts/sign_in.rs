//! Signing in with a password.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use px360_domain::access::Permission;
use px360_domain::ids::UserId;
use px360_domain::{Failure, FieldFault, Locale};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use super::password::{self, PASSWORD_BYTES_MAX};
use super::store::{self, Account};
use super::throttle::Attempt;
use super::{create_user, load_actor};
use crate::audit::Entry;
use crate::ctx::{Ctx, Granted};
use crate::error::Result;
use crate::tx::Tx;

/// Somebody's wish to sign in.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The name to sign in with; case does not matter.
    pub username: String,
    /// The password.
    pub password: SecretString,
}

/// Somebody whose password was right.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub user_id: UserId,
    /// The preferred language: where to go next.
    pub language: Locale,
    /// When: what the longest life of a session is counted from.
    pub at: DateTime<Utc>,
}

/// Signs somebody in. The door then begins a session.
///
/// # Errors
/// `Unauthenticated` for a wrong password, an unknown and an inactive user alike; `TooMany` after
/// too many failures of the account or the address.
pub async fn sign_in(ctx: &Ctx, cmd: SignIn) -> Result<SignedIn> {
    let (tx, signed_in) = sign_in_with(ctx, cmd).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// Signs somebody in and leaves the unit of work open, for what else belongs into it.
pub(super) async fn sign_in_with(ctx: &Ctx, cmd: SignIn) -> Result<(Tx, SignedIn)> {
    let granted = ctx.require(Permission::SignIn)?;
    check(&cmd)?;
    let username = create_user::sign_in_name(&cmd.username);
    let attempt = Attempt::new(ctx, &username);
    attempt.charge(ctx).await?;
    let account = store::find_account(ctx.read(&granted), &username).await?;
    let stored = account.as_ref().map(|account| account.password_hash.clone());
    let verdict = password::verify(ctx.deps(), cmd.password, stored).await?;
    let account = match account {
        Some(account) if account.active && verdict.valid => account,
        other => return Err(refuse(ctx, granted, other, verdict.valid).await?),
    };
    let Some(actor) = load_actor(ctx.deps(), account.id).await? else {
        return Err(Failure::Unauthenticated.into());
    };
    // From here on the person acts: the audit log should name them, not `anonymous`.
    let ctx = Ctx::new(ctx.deps().clone(), actor, ctx.meta().clone());
    let mut tx = ctx.begin(granted).await?;
    if !store::mark_signed_in(&mut tx, &account, verdict.rehashed.as_deref()).await? {
        // Disabled, or given another password, while we were computing.
        tx.nothing_to_do().await?;
        return Err(Failure::Unauthenticated.into());
    }
    attempt.forgive_in(&mut tx).await?;
    tx.record(Entry::done("account.signed_in", "user", account.id));
    let signed_in = SignedIn { user_id: account.id, language: account.language, at: tx.now() };
    Ok((tx, signed_in))
}

fn check(cmd: &SignIn) -> Result<()> {
    let mut faults = Vec::new();
    if cmd.username.trim().is_empty() {
        faults.push(FieldFault::new("username", "required"));
    }
    if cmd.username.chars().count() > create_user::USERNAME_CHARS_MAX {
        faults.push(FieldFault::new("username", "too_long"));
    }
    if cmd.password.expose_secret().is_empty() {
        faults.push(FieldFault::new("password", "required"));
    }
    if cmd.password.expose_secret().len() > PASSWORD_BYTES_MAX {
        faults.push(FieldFault::new("password", "too_long"));
    }
    Ok(Failure::unless_empty(faults)?)
}

/// Remembers the failure; the answer never tells which one it was.
///
/// An unknown name is not written down: people type their password into the wrong field.
async fn refuse(
    ctx: &Ctx,
    granted: Granted,
    account: Option<Account>,
    right_password: bool,
) -> Result<crate::error::Error> {
    let (entity_id, reason) = match &account {
        None => ("unknown".to_owned(), "unknown_user"),
        Some(account) if right_password => (account.id.to_string(), "inactive"),
        Some(account) => (account.id.to_string(), "wrong_password"),
    };
    let mut tx = ctx.begin(granted).await?;
    tx.record(
        Entry::refused("account.sign_in_failed", "user", entity_id)
            .with(json!({ "reason": reason })),
    );
    tx.commit().await.context("remembering a failed sign-in")?;
    metrics::counter!("px360_sign_in_failures_total").increment(1);
    Ok(Failure::Unauthenticated.into())
}
