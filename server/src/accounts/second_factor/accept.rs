//! Whether a code is right, and has not been used.

use px360_domain::accounts::Hidden;
use px360_domain::ids::UserId;

use super::recovery::{code_hash, plain};
use super::store;
use super::totp::Codes;
use crate::error::Result;
use crate::tx::Tx;

/// Longer than any code of ours, with all that people put between its groups.
const CODE_BYTES_MAX: usize = 64;

/// The digits of an app's code.
const DIGITS: usize = 6;

/// Accepts a code once and says what it was: the app's, or one for recovery. None when it is neither,
/// or spent. Spending it belongs to the caller's unit of work.
pub(in crate::accounts) async fn accept_in(
    tx: &mut Tx,
    user_id: UserId,
    code: &Hidden,
) -> Result<Option<&'static str>> {
    if code.expose().len() > CODE_BYTES_MAX {
        return Ok(None);
    }
    let code = plain(code.expose());
    if code.len() == DIGITS && code.bytes().all(|byte| byte.is_ascii_digit()) {
        let accepted = accept_digits(tx, user_id, &code).await?;
        return Ok(accepted.then_some("totp"));
    }
    let accepted = store::spend_recovery_code(tx, user_id, &code_hash(&code)).await?;
    Ok(accepted.then_some("recovery_code"))
}

async fn accept_digits(tx: &mut Tx, user_id: UserId, code: &str) -> Result<bool> {
    // Locked, so that of two requests with one code the second sees the step as spent.
    let Some(factor) = store::lock(tx, user_id).await? else { return Ok(false) };
    let deps = tx.ctx().deps().clone();
    let Some(opened) = deps.seal_keys().open(user_id, &factor.sealed) else {
        tracing::error!(%user_id, "a second factor was sealed under a secret that is gone");
        return Ok(false);
    };
    let codes = Codes::of(&opened.secret, &factor.username)?;
    let Some(step) = codes.step_of(code, tx.now()) else { return Ok(false) };
    if factor.last_step.is_some_and(|last| step <= last) {
        return Ok(false);
    }
    let resealed = match opened.outdated {
        true => Some(deps.seal_keys().seal(deps.chance(), user_id, &opened.secret)?),
        false => None,
    };
    store::spend_step(tx, user_id, step, resealed.as_deref()).await?;
    Ok(true)
}
