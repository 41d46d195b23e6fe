//! The first code of a second factor.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::accounts::{ConfirmSecondFactor, RecoveryCodes};

use super::recovery::{new_codes_in, plain};
use super::store;
use super::totp::Codes;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Begins to use the second factor that was offered, if the app shows the right code for it; returns
/// the recovery codes, once.
///
/// # Errors
/// `Invalid` on `code` for a wrong one; `Conflict` with `second_factor_not_offered` when there is
/// nothing to confirm.
pub async fn confirm_second_factor(ctx: &Ctx, cmd: ConfirmSecondFactor) -> Result<RecoveryCodes> {
    let granted = ctx.require(Permission::ProfileWrite)?;
    let user_id = ctx.user_id().ok_or(Failure::Forbidden)?;
    let mut tx = ctx.begin(granted).await?;
    let Some(offer) = store::lock_offer(&mut tx, user_id).await? else {
        tx.nothing_to_do().await?;
        return Err(Failure::conflict("second_factor_not_offered").into());
    };
    let opened = ctx.deps().seal_keys().open(user_id, &offer.sealed);
    let app = match opened {
        Some(opened) => Some(Codes::of(&opened.secret, &offer.username)?),
        None => None,
    };
    let step = app.and_then(|app| app.step_of(&plain(cmd.code.expose()), tx.now()));
    let Some(step) = step else {
        tx.nothing_to_do().await?;
        return Err(Failure::invalid("code", "wrong_code").into());
    };
    store::confirm(&mut tx, user_id, step).await?;
    let codes = new_codes_in(&mut tx, user_id).await?;
    tx.record(Entry::done("account.second_factor_begun", "user", user_id));
    tx.commit().await?;
    Ok(codes)
}
