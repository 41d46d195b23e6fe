//! Signing out.

use px360_domain::access::Permission;

use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Remembers that somebody signed out; nothing to do for whoever was not signed in.
///
/// Doors call [`crate::http::session::end`], which kills the session and then calls this.
///
/// # Errors
/// `Broken` when it could not be written down.
pub async fn sign_out(ctx: &Ctx) -> Result<()> {
    let Some(user_id) = ctx.user_id() else { return Ok(()) };
    let granted = ctx.require(Permission::SignIn)?;
    let mut tx = ctx.begin(granted).await?;
    tx.record(Entry::done("account.signed_out", "user", user_id));
    tx.commit().await
}
