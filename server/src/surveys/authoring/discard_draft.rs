//! Throws a draft away.

use px360_domain::access::Permission;
use px360_domain::ids::SurveyTemplateId;

use super::{hold_draft, writing};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Throws a draft away; a template that was never published goes with it.
///
/// # Errors
/// `NotFound` and `Forbidden` as for every template, `Conflict` with `survey_not_drafted`.
pub async fn discard_draft(ctx: &Ctx, id: SurveyTemplateId) -> Result<()> {
    let granted = ctx.require(Permission::SurveyTemplateWrite)?;
    let mut tx = ctx.begin(granted).await?;
    let (held, draft) = hold_draft(&mut tx, id, None).await?;
    writing::delete_draft(&mut tx, id, draft.id).await?;
    let entry = Entry::done("survey_template.discarded", "survey_template", id);
    tx.record(entry.in_hospital(held.hospital_id));
    tx.commit().await
}
