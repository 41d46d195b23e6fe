//! All sources and how they do.

use px360_domain::access::Permission;
use px360_domain::integrations::SourceList;

use super::{health, store};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::organizations::hospitals_within;

/// The sources that speak for a hospital within reach, by name, and how they do now.
///
/// # Errors
/// `Forbidden`.
pub async fn sources(ctx: &Ctx) -> Result<SourceList> {
    let granted = ctx.require(Permission::SourceRead)?;
    let read = ctx.read(&granted);
    let mut items = store::list(read, None).await?;
    let everything = granted.reach().all;
    health::judge(&mut *read.db().await?, &mut items, ctx.now(), everything).await?;
    let writes = ctx.may(Permission::SourceWrite);
    let hospitals = match &writes {
        Some(granted) => hospitals_within(ctx.read(granted)).await?,
        None => Vec::new(),
    };
    Ok(SourceList {
        items,
        hospitals,
        may_write: writes.is_some(),
        may_write_all: writes.is_some_and(|granted| granted.reach().all),
    })
}
