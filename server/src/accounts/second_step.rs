//! The second step of signing in: a code after the right password.

use chrono::TimeDelta;
use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::accounts::Hidden;

use super::create_user;
use super::sign_in::{HalfSignedIn, Proven, SignedIn};
use super::store;
use super::throttle::Attempt;
use crate::ctx::Ctx;
use crate::error::Result;

/// How long the code may take; then the password is asked for again.
const STEP_MINUTES: i64 = 5;

/// Signs somebody in who has shown the right password and now shows a code.
///
/// Wrong codes count as wrong passwords do, under the same counters.
///
/// # Errors
/// `Conflict` with `second_step_over` when the password has to be shown again; `Unauthenticated` for
/// a wrong or spent code; `TooMany` after too many failures of the account or the address.
pub async fn finish_sign_in(ctx: &Ctx, half: &HalfSignedIn, code: &Hidden) -> Result<SignedIn> {
    let granted = ctx.require(Permission::SignIn)?;
    let over = Failure::conflict("second_step_over");
    let age = ctx.now() - half.at;
    if age < TimeDelta::zero() || age >= TimeDelta::minutes(STEP_MINUTES) {
        return Err(over.into());
    }
    let account = store::find_account_of(ctx.read(&granted), half.user_id).await?;
    let holds = |account: &store::Account| {
        let same_password = account.password_changed_at.is_none_or(|changed| changed <= half.at);
        account.active && account.second_factor && same_password
    };
    let Some(account) = account.filter(holds) else { return Err(over.into()) };
    let attempt = Attempt::new(ctx, &create_user::sign_in_name(&account.username));
    attempt.charge(ctx).await?;
    let claimed = half.claimed.clone();
    let attempt = Some(attempt);
    let proven = Proven { granted, attempt, account, rehashed: None, by: "password", claimed };
    let (tx, signed_in) = proven.enter(ctx, Some(code)).await?;
    tx.commit().await?;
    Ok(signed_in)
}
