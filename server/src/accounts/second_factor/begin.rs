//! A secret for an authenticator app.

use px360_domain::Failure;
use px360_domain::accounts::{BeginSecondFactor, Hidden, SecondFactorOffer};

use super::store;
use super::totp::{Codes, SECRET_BYTES};
use crate::accounts::reauth::{Reproven, prove_password};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::qr;

/// Offers the caller a second factor. Nothing changes until the first code of it confirms it; asking
/// again offers another one.
///
/// # Errors
/// `Invalid` on `password` for a wrong one; `Conflict` with `second_factor_in_use` when there is one.
pub async fn begin_second_factor(ctx: &Ctx, cmd: BeginSecondFactor) -> Result<SecondFactorOffer> {
    let Reproven { granted, account, attempt } =
        prove_password(ctx, "password", &cmd.password).await?;
    let secret: [u8; SECRET_BYTES] = ctx.deps().chance().bytes();
    let codes = Codes::of(&secret, &account.username)?;
    let sealed = ctx.deps().seal_keys().seal(ctx.deps().chance(), account.id, &secret)?;
    let mut tx = ctx.begin(granted).await?;
    attempt.refund_in(&mut tx).await?;
    let offered = store::offer(&mut tx, account.id, &sealed).await?;
    let entry = if offered { Entry::done } else { Entry::refused };
    tx.record(entry("account.second_factor_offered", "user", account.id));
    tx.commit().await?;
    if !offered {
        return Err(Failure::conflict("second_factor_in_use").into());
    }
    let uri = codes.uri()?;
    let picture = qr::picture(&uri)?;
    Ok(SecondFactorOffer { secret: codes.secret(), uri: Hidden::from(uri), picture })
}
