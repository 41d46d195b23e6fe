//! Signing in with a password, and with a second factor where there is one.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use px360_domain::access::Permission;
use px360_domain::accounts::{Hidden, PASSWORD_BYTES_MAX};
use px360_domain::ids::UserId;
use px360_domain::{Failure, FieldFault, Locale};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::password;
use super::store::{self, Account};
use super::throttle::Attempt;
use super::{create_user, load_actor, second_factor, single_sign_on};
use crate::audit::Entry;
use crate::ctx::{Ctx, Granted};
use crate::error::{Error, Result};
use crate::gateways::Claimed;
use crate::tx::Tx;

/// Somebody's wish to sign in.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The name to sign in with; case does not matter.
    pub username: String,
    /// The password.
    pub password: SecretString,
    /// A code of the second factor, where the caller has one at hand.
    pub otp: Option<Hidden>,
}

/// Somebody who proved who they are.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub user_id: UserId,
    /// The preferred language: where to go next.
    pub language: Locale,
    /// When: what the longest life of a session is counted from.
    pub at: DateTime<Utc>,
}

/// Somebody whose password was right and whose second factor is still asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HalfSignedIn {
    /// Who.
    pub(super) user_id: UserId,
    /// When the password was right.
    pub(super) at: DateTime<Utc>,
    /// Who the identity provider says that they are, where it was no password.
    #[serde(default)]
    pub(super) claimed: Option<Claimed>,
}

/// How far a sign-in got.
#[derive(Clone, Debug)]
pub enum Step {
    /// All the way.
    In(SignedIn),
    /// A code is asked for next.
    Half(HalfSignedIn),
}

/// The same, with what else belongs into the unit of work still open.
pub(super) enum OpenStep {
    In(Box<Tx>, SignedIn),
    Half(HalfSignedIn),
}

/// Signs somebody in. The door then begins a session, or asks for a code.
///
/// # Errors
/// `Unauthenticated` for a wrong password or code, an unknown and an inactive user alike; `TooMany`
/// after too many failures of the account or the address.
pub async fn sign_in(ctx: &Ctx, cmd: SignIn) -> Result<Step> {
    match sign_in_with(ctx, cmd).await? {
        OpenStep::In(tx, signed_in) => {
            tx.commit().await?;
            Ok(Step::In(signed_in))
        }
        OpenStep::Half(half) => Ok(Step::Half(half)),
    }
}

/// Signs somebody in and leaves the unit of work open, for what else belongs into it.
pub(super) async fn sign_in_with(ctx: &Ctx, cmd: SignIn) -> Result<OpenStep> {
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
        other => {
            let reason = if verdict.valid { "inactive" } else { "wrong_password" };
            return Err(refuse(ctx, granted, other.as_ref(), reason).await?);
        }
    };
    let proven = Proven {
        granted,
        attempt: Some(attempt),
        account,
        rehashed: verdict.rehashed,
        by: "password",
        claimed: None,
    };
    proven.enter_or_half(ctx, cmd.otp.as_ref()).await
}

/// Somebody who is who they say: by their password or by the word of the identity provider, a moment ago or in
/// the step before.
pub(super) struct Proven {
    pub(super) granted: Granted,
    /// What was counted before, where it was: what was not counted is not taken back either.
    pub(super) attempt: Option<Attempt>,
    pub(super) account: Account,
    /// The password under the parameters of today.
    pub(super) rehashed: Option<String>,
    /// What proved it, where no code does: `password` or `provider`.
    pub(super) by: &'static str,
    /// Who the identity provider says that they are; kept once they are let in.
    pub(super) claimed: Option<Claimed>,
}

impl Proven {
    /// Lets somebody in, or asks for the code of their second factor where none was shown.
    pub(super) async fn enter_or_half(self, ctx: &Ctx, code: Option<&Hidden>) -> Result<OpenStep> {
        if self.account.second_factor && code.is_none() {
            return Ok(OpenStep::Half(self.half(ctx).await?));
        }
        let (tx, signed_in) = self.enter(ctx, code).await?;
        Ok(OpenStep::In(tx, signed_in))
    }

    /// Lets somebody in, if their second factor agrees.
    pub(super) async fn enter(
        self,
        ctx: &Ctx,
        code: Option<&Hidden>,
    ) -> Result<(Box<Tx>, SignedIn)> {
        let Self { granted, attempt, account, rehashed, by, claimed } = self;
        let Some(actor) = load_actor(ctx.deps(), account.id).await? else {
            return Err(Failure::Unauthenticated.into());
        };
        // From here on the person acts: the audit log should name them, not `anonymous`.
        let person = Ctx::new(ctx.deps().clone(), actor, ctx.meta().clone());
        let mut tx = Box::new(person.begin(granted.clone()).await?);
        if !store::mark_signed_in(&mut tx, &account, rehashed.as_deref()).await? {
            // Disabled, or given another password, while we were computing.
            tx.nothing_to_do().await?;
            return Err(Failure::Unauthenticated.into());
        }
        let means = match code.filter(|_| account.second_factor) {
            Some(code) => second_factor::accept_in(&mut tx, account.id, code).await?,
            None if account.second_factor => None,
            None => Some(by),
        };
        let Some(means) = means else {
            tx.nothing_to_do().await?;
            return Err(refuse(ctx, granted, Some(&account), "wrong_code").await?);
        };
        if let Some(claimed) = &claimed
            && !single_sign_on::link_in(&mut tx, &account, claimed).await?
        {
            tx.nothing_to_do().await?;
            return Err(refuse(ctx, granted, Some(&account), "provider").await?);
        }
        if let Some(attempt) = &attempt {
            attempt.forgive_in(&mut tx).await?;
        }
        tx.record(
            Entry::done("account.signed_in", "user", account.id).with(json!({ "by": means })),
        );
        let signed_in = SignedIn { user_id: account.id, language: account.language, at: tx.now() };
        Ok((tx, signed_in))
    }

    /// Remembers that the password was right and that a code is asked for.
    async fn half(self, ctx: &Ctx) -> Result<HalfSignedIn> {
        let Self { granted, attempt, account, rehashed, by: _, claimed } = self;
        let mut tx = ctx.begin(granted).await?;
        if let Some(attempt) = &attempt {
            attempt.refund_in(&mut tx).await?;
        }
        if let Some(rehashed) = rehashed {
            store::keep_rehashed(&mut tx, &account, &rehashed).await?;
        }
        tx.record(Entry::done("account.code_asked", "user", account.id));
        let half = HalfSignedIn { user_id: account.id, at: tx.now(), claimed };
        tx.commit().await?;
        Ok(half)
    }
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
pub(super) async fn refuse(
    ctx: &Ctx,
    granted: Granted,
    account: Option<&Account>,
    reason: &'static str,
) -> Result<Error> {
    let (entity_id, reason) = match account {
        None => ("unknown".to_owned(), "unknown_user"),
        Some(account) => (account.id.to_string(), reason),
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
