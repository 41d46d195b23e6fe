//! Signing in through the group's own identity provider (ADR 0029).

use chrono::{DateTime, TimeDelta, Utc};
use px360_domain::access::Permission;
use px360_domain::{Failure, Locale};
use serde::{Deserialize, Serialize};

use super::sign_in::{OpenStep, Proven, Step, refuse};
use super::store::{self, Account};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::gateways::{AskedProvider, Claimed, IdentityProvider, ProviderError};
use crate::tx::Tx;

/// How long somebody may take at the provider.
const STEP_MINUTES: i64 = 10;

/// Somebody who was sent to the provider, as their browser's session remembers it.
#[derive(Clone, Serialize, Deserialize)]
pub struct SentToProvider {
    asked: AskedProvider,
    at: DateTime<Utc>,
    /// The language of the page that they came from.
    pub locale: Locale,
    /// Where to go afterwards.
    pub next: Option<String>,
}

/// Where to send a browser so that the provider says who this is, and what to keep until it comes back.
///
/// # Errors
/// `NotFound` where there is no provider; `Unavailable` when it does not answer.
pub async fn begin_single_sign_on(
    ctx: &Ctx,
    locale: Locale,
    next: Option<String>,
) -> Result<(String, SentToProvider)> {
    ctx.require(Permission::SignIn)?;
    let (url, asked) = provider(ctx)?.ask(locale).await.map_err(failure)?;
    Ok((url, SentToProvider { asked, at: ctx.now(), locale, next }))
}

/// Signs in whom the provider names.
///
/// The first time they are found by their mail address; from then on by what the
/// provider calls them for good. A second factor that somebody has here is asked for here as well.
///
/// # Errors
/// `Conflict` with `second_step_over` for whoever was not sent there from this browser, or too long ago;
/// `NotFound` for whoever has no account; `Unauthenticated` when the provider's word is not good, and for an
/// inactive user; `Unavailable` when the provider does not answer.
pub async fn finish_single_sign_on(
    ctx: &Ctx,
    sent: &SentToProvider,
    state: &str,
    code: &str,
) -> Result<Step> {
    let granted = ctx.require(Permission::SignIn)?;
    let age = ctx.now() - sent.at;
    let in_time = age >= TimeDelta::zero() && age < TimeDelta::minutes(STEP_MINUTES);
    if !in_time || state != sent.asked.state {
        return Err(Failure::conflict("second_step_over").into());
    }
    let heard = provider(ctx)?.hear(code.to_owned(), &sent.asked, ctx.now()).await;
    let claimed = match heard {
        Ok(claimed) => claimed,
        Err(error @ ProviderError::Away(_)) => return Err(failure(error).into()),
        Err(error @ ProviderError::NotGood(_)) => {
            tracing::warn!(request_id = %ctx.meta().request_id, "{:#}", anyhow::Error::new(error));
            return Err(refuse(ctx, granted, None, "provider").await?);
        }
    };
    let account = store::find_account_claimed(ctx.read(&granted), &claimed).await?;
    let Some(account) = account else {
        refuse(ctx, granted, None, "provider").await?;
        return Err(Failure::not_found("account").into());
    };
    if !account.active {
        return Err(refuse(ctx, granted, Some(&account), "inactive").await?);
    }
    let proven = Proven {
        granted,
        // The provider counts what is guessed there; nothing was counted here.
        attempt: None,
        account,
        rehashed: None,
        by: "provider",
        claimed: Some(claimed),
    };
    match proven.enter_or_half(ctx, None).await? {
        OpenStep::In(tx, signed_in) => {
            tx.commit().await?;
            Ok(Step::In(signed_in))
        }
        OpenStep::Half(half) => Ok(Step::Half(half)),
    }
}

/// Remembers what the provider calls somebody, once they are let in; false when it has called them something
/// else meanwhile.
pub(super) async fn link_in(tx: &mut Tx, account: &Account, claimed: &Claimed) -> Result<bool> {
    if !store::link_account(tx, account.id, claimed).await? {
        return Ok(false);
    }
    if !account.linked {
        tx.record(Entry::done("account.provider_linked", "user", account.id));
    }
    Ok(true)
}

fn provider(ctx: &Ctx) -> Result<&IdentityProvider> {
    let provider = ctx.deps().identity_provider();
    Ok(provider.ok_or_else(|| Failure::not_found("identity_provider"))?)
}

fn failure(error: ProviderError) -> Failure {
    tracing::error!("{:#}", anyhow::Error::new(error));
    metrics::counter!("px360_identity_provider_failures_total").increment(1);
    Failure::Unavailable
}
