//! One's own account, whole.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::accounts::Profile;

use super::store;
use crate::ctx::Ctx;
use crate::dates::day;
use crate::error::Result;

/// The caller's own account, as the form to change it begins.
///
/// # Errors
/// `Forbidden` for whoever is not a person.
pub async fn profile(ctx: &Ctx) -> Result<Profile> {
    let granted = ctx.require(Permission::ProfileRead)?;
    let user_id = ctx.user_id().ok_or(Failure::Forbidden)?;
    store::find(ctx.read(&granted), user_id, day(ctx.now())).await
}
