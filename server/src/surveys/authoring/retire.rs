//! Takes a survey out of use, and back.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::SurveyTemplateId;

use super::{hold, writing};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Takes a survey out of use: no stage can be told to send it any more. What was sent is still answered.
///
/// # Errors
/// `NotFound` and `Forbidden` as for every template; `Conflict` with `survey_in_use` while a stage of a journey
/// template sends it, and with `survey_retired` when it is retired.
pub async fn retire(ctx: &Ctx, id: SurveyTemplateId) -> Result<()> {
    let granted = ctx.require(Permission::SurveyTemplateWrite)?;
    let mut tx = ctx.begin(granted).await?;
    let held = hold(&mut tx, id).await?;
    if held.retired {
        return Err(Failure::conflict("survey_retired").into());
    }
    if writing::is_sent(&mut tx, id).await? {
        return Err(Failure::conflict("survey_in_use").into());
    }
    writing::set_retired(&mut tx, id, true).await?;
    let entry = Entry::done("survey_template.retired", "survey_template", id);
    tx.record(entry.in_hospital(held.hospital_id));
    tx.commit().await
}

/// Takes a retired survey back into use.
///
/// # Errors
/// `NotFound` and `Forbidden` as for every template; `Conflict` with `survey_not_retired`.
pub async fn reinstate(ctx: &Ctx, id: SurveyTemplateId) -> Result<()> {
    let granted = ctx.require(Permission::SurveyTemplateWrite)?;
    let mut tx = ctx.begin(granted).await?;
    let held = hold(&mut tx, id).await?;
    if !held.retired {
        return Err(Failure::conflict("survey_not_retired").into());
    }
    writing::set_retired(&mut tx, id, false).await?;
    let entry = Entry::done("survey_template.reinstated", "survey_template", id);
    tx.record(entry.in_hospital(held.hospital_id));
    tx.commit().await
}
