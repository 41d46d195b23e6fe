//! A refresh token for the next pair; a spent one ends its family.

use px360_domain::Failure;
use px360_domain::access::Permission;
use serde_json::json;

use super::issue::{Lineage, TokenPair, issue_in, token_hash};
use super::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Longer than any token that we ever gave out.
const TOKEN_BYTES_MAX: usize = 128;

/// Spends a refresh token and issues its successor.
///
/// A token that was spent before is in two hands. Which of them is the thief's cannot be told, so
/// the family ends and both have to show the password again.
///
/// # Errors
/// `Unauthenticated` for anything but the family's newest token, in time, of an active user.
pub async fn renew_tokens(ctx: &Ctx, refresh: &str) -> Result<TokenPair> {
    let granted = ctx.require(Permission::SignIn)?;
    if refresh.is_empty() || refresh.len() > TOKEN_BYTES_MAX {
        return Err(Failure::Unauthenticated.into());
    }
    let hash = token_hash(refresh);
    let mut tx = ctx.begin(granted).await?;
    // Renewals of one family follow each other. Without this, a successor that is being stored
    // would escape the revocation of its family.
    if !store::lock_family(&mut tx, &hash).await? {
        tx.nothing_to_do().await?;
        return Err(Failure::Unauthenticated.into());
    }
    let token = store::find(&mut tx, &hash).await?;
    let detail = json!({ "user_id": token.user_id });
    if token.spent_at.is_some() && token.revoked_at.is_none() {
        store::revoke_family(&mut tx, token.family_id).await?;
        tx.record(
            Entry::refused("account.token_reused", "token_family", token.family_id).with(detail),
        );
        tx.commit().await?;
        metrics::counter!("px360_token_reuse_total").increment(1);
        return Err(Failure::Unauthenticated.into());
    }
    if token.revoked_at.is_some() || token.expires_at <= tx.now() || !token.active {
        tx.nothing_to_do().await?;
        return Err(Failure::Unauthenticated.into());
    }
    store::mark_spent(&mut tx, token.id).await?;
    let lineage = Lineage {
        user_id: token.user_id,
        family_id: token.family_id,
        expires_at: token.expires_at,
    };
    let pair = issue_in(&mut tx, ctx.new_id(), &lineage).await?;
    tx.record(Entry::done("account.tokens_renewed", "token_family", token.family_id).with(detail));
    tx.commit().await?;
    Ok(pair)
}
