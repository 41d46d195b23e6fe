//! All versions of all templates.

use px360_domain::access::Permission;
use px360_domain::journeys::template::TemplateList;

use super::store;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::organizations::hospitals_within;

/// Every version within reach: the group's, and those of the caller's hospitals.
///
/// # Errors
/// `Forbidden`.
pub async fn templates(ctx: &Ctx) -> Result<TemplateList> {
    let granted = ctx.require(Permission::JourneyRead)?;
    let items = store::list(ctx.read(&granted), None).await?;
    let writes = ctx.may(Permission::JourneyTemplateWrite);
    let hospitals = match &writes {
        Some(granted) => hospitals_within(ctx.read(granted)).await?,
        None => Vec::new(),
    };
    let may_write_group = writes.is_some_and(|granted| granted.reach().all);
    Ok(TemplateList { items, hospitals, may_write_group })
}
