//! All survey templates.

use px360_domain::access::Permission;
use px360_domain::surveys::authoring::SurveyTemplateList;

use super::store;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::organizations::hospitals_within;

/// Every survey template within reach: the group's, and those of the caller's hospitals.
///
/// # Errors
/// `Forbidden`.
pub async fn survey_templates(ctx: &Ctx) -> Result<SurveyTemplateList> {
    let granted = ctx.require(Permission::SurveyRead)?;
    let items = store::list(ctx.read(&granted), ctx.now(), None).await?;
    let writes = ctx.may(Permission::SurveyTemplateWrite);
    let hospitals = match &writes {
        Some(granted) => hospitals_within(ctx.read(granted)).await?,
        None => Vec::new(),
    };
    let may_write_group = writes.is_some_and(|granted| granted.reach().all);
    Ok(SurveyTemplateList { items, hospitals, may_write_group })
}
