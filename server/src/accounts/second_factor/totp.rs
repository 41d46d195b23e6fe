//! Codes by the clock (RFC 6238): SHA-1, six digits, thirty seconds, one step of tolerance either way.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use px360_domain::accounts::Hidden;
use totp_rs::{Builder, Totp};

use crate::error::Result;

/// What apps show beside the code.
const ISSUER: &str = "PX360";

/// RFC 4226, 4: as long as the hash.
pub(super) const SECRET_BYTES: usize = 20;

/// The codes of one secret.
pub(super) struct Codes(Totp);

impl Codes {
    /// The codes that an app shows for this secret, under this name.
    pub(super) fn of(secret: &[u8], username: &str) -> Result<Self> {
        let builder = Builder::new()
            .with_secret(secret)
            .with_issuer(Some(ISSUER))
            // The standard parts issuer and name by a colon.
            .with_account_name(username.replace(':', " "));
        let totp = builder.build().ok().context("a secret of the second factor is too short")?;
        Ok(Self(totp))
    }

    /// The step whose code this is, if that step is near.
    pub(super) fn step_of(&self, code: &str, now: DateTime<Utc>) -> Option<i64> {
        let now = u64::try_from(now.timestamp()).ok()?;
        self.0.check(code, now).and_then(|step| i64::try_from(step).ok())
    }

    /// The secret as people type it.
    pub(super) fn secret(&self) -> Hidden {
        Hidden::from(self.0.secret().to_base32())
    }

    /// The secret as apps read it.
    pub(super) fn uri(&self) -> Result<String> {
        Ok(self.0.to_url().ok().context("writing an otpauth address")?)
    }
}
