//! The keys of sources: made here, shown once, kept as a digest.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::SourceId;
use px360_domain::integrations::SourceKey;

use super::save::held;
use super::store;
use crate::accounts::hash_api_key;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// A key and what is kept of it.
pub(super) struct NewKey {
    pub(super) text: String,
    pub(super) hash: [u8; 32],
}

/// A key of 32 random bytes.
pub(super) fn new_key(ctx: &Ctx) -> NewKey {
    let text = format!("px_{}", URL_SAFE_NO_PAD.encode(ctx.deps().chance().bytes::<32>()));
    NewKey { hash: hash_api_key(&text), text }
}

/// Gives a source another key; the old one is refused a few seconds later.
///
/// # Errors
/// `NotFound` for a source that speaks for a hospital out of reach.
pub async fn renew_source_key(ctx: &Ctx, id: SourceId) -> Result<SourceKey> {
    let granted = ctx.require(Permission::SourceWrite)?;
    held(ctx, &granted, id).await?;
    let key = new_key(ctx);
    let mut tx = ctx.begin(granted).await?;
    if !store::set_key(&mut tx, id, &key.hash).await? {
        return Err(Failure::not_found("source").into());
    }
    tx.record(Entry::done("source.key_renewed", "source", id));
    tx.commit().await?;
    Ok(SourceKey { source_id: id, key: key.text })
}
