//! Slows guessing down: per account, and per address for whoever tries many accounts.
//!
//! There is no permanent lock, because a lock would let anyone lock anyone out: after some free
//! failures the delay doubles up to a quarter of an hour, and old failures leak away. The rows are
//! in Postgres, so that all nodes count together.

mod store;

use std::net::IpAddr;

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use px360_domain::Failure;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest as _, Sha256};

pub(super) use store::delete_quiet;

use crate::ctx::Ctx;
use crate::error::Result;
use crate::tx::Tx;

/// The longest delay.
const DELAY_SECONDS_MAX: i32 = 15 * 60;

/// How one kind of key counts.
#[derive(Clone, Copy, Debug)]
struct Rule {
    /// Failures that cost nothing; each one more doubles the delay, beginning with two seconds.
    free: i32,
    /// One failure is forgotten after each of these.
    leak_seconds: i32,
}

/// Five typing errors are free. One failure leaks per longest delay, so that whoever guesses
/// patiently stays at one guess in a quarter of an hour.
const ACCOUNT: Rule = Rule { free: 5, leak_seconds: DELAY_SECONDS_MAX };

/// A whole hospital may share one address, so more is free and a hundred failures leak each hour.
const ADDRESS: Rule = Rule { free: 50, leak_seconds: 36 };

/// One attempt to sign in, by the keys it is counted under.
pub(super) struct Attempt {
    account: String,
    address: Option<String>,
}

impl Attempt {
    /// The username must be in lower case, as it is looked up.
    pub(super) fn new(ctx: &Ctx, username: &str) -> Self {
        let account = account_key(&ctx.deps().secrets(), username);
        Self { account, address: ctx.meta().ip.map(address_key) }
    }

    /// Counts the attempt as a failure, before the password is looked at.
    ///
    /// Counting afterwards would let a thousand parallel guesses pass while none has failed yet. It
    /// is a statement of its own, outside any unit of work, so that it counts whatever follows.
    ///
    /// # Errors
    /// `TooMany` while the account or the address is blocked; that attempt is not counted, so that
    /// hammering does not prolong the block.
    pub(super) async fn charge(&self, ctx: &Ctx) -> Result<()> {
        let now = ctx.now();
        if let Some(address) = &self.address {
            charge(ctx, address, ADDRESS, now).await?;
        }
        let charged = charge(ctx, &self.account, ACCOUNT, now).await;
        if let (Err(_), Some(address)) = (&charged, &self.address) {
            store::refund(ctx.deps().pool(), address, now)
                .await
                .context("taking back a counted attempt")?;
        }
        charged
    }

    /// Takes this one count back: the password was right, but nobody is signed in yet. Earlier
    /// failures stay counted, or a stolen password would make guessing codes free.
    pub(super) async fn refund_in(&self, tx: &mut Tx) -> Result<()> {
        let now = tx.now();
        for key in [Some(&self.account), self.address.as_ref()].into_iter().flatten() {
            store::refund(tx.db(), key, now).await?;
        }
        Ok(())
    }

    /// Takes the count back once the password was right.
    pub(super) async fn forgive_in(&self, tx: &mut Tx) -> Result<()> {
        let now = tx.now();
        store::delete(tx, &self.account).await?;
        if let Some(address) = &self.address {
            // Only this attempt: the failures of others at the same address stay counted.
            store::refund(tx.db(), address, now).await?;
        }
        Ok(())
    }
}

async fn charge(ctx: &Ctx, key: &str, rule: Rule, now: DateTime<Utc>) -> Result<()> {
    let pool = ctx.deps().pool();
    if store::charge(pool, key, rule, now).await.context("counting an attempt")? {
        return Ok(());
    }
    let until = store::find_block(pool, key).await.context("reading a block")?;
    let left = until.map_or(TimeDelta::zero(), |until| until - now);
    metrics::counter!("px360_sign_in_blocked_total").increment(1);
    Err(Failure::TooMany { retry_after_seconds: whole_seconds(left) }.into())
}

/// Rounded up, and at least one: at the second that we name, the attempt succeeds.
fn whole_seconds(left: TimeDelta) -> u32 {
    let millis = left.num_milliseconds().max(0);
    u32::try_from(millis / 1_000 + i64::from(millis % 1_000 > 0)).unwrap_or(u32::MAX).max(1)
}

/// Not the name itself: now and then somebody types a password where the name belongs, and it
/// would stand here for a day.
fn account_key(secrets: &[SecretString], username: &str) -> String {
    let secret = secrets.first().map(ExposeSecret::expose_secret).unwrap_or_default();
    let mut digest = Sha256::new();
    for part in ["px360 throttle v1", secret, username] {
        digest.update(part.len().to_be_bytes());
        digest.update(part);
    }
    format!("user:{}", URL_SAFE_NO_PAD.encode(digest.finalize()))
}

/// Whoever has one IPv6 address has the 2^64 of its network too: they count as one.
fn address_key(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(ip) => format!("ip:{ip}"),
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("ip:{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}
