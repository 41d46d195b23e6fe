//! Publishes a draft.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::{SurveyPictureId, SurveyTemplateId};
use px360_domain::surveys::authoring::SeenSurveyDraft;
use px360_domain::surveys::{blocks, check};
use serde_json::json;

use super::super::pictures;
use super::{hold_draft, writing};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Publishes a draft: from now on new surveys ask it. Whoever was invited before answers what they were invited to.
///
/// # Errors
/// `NotFound` and `Forbidden` as for every template; `Conflict` with `stale_version`, `survey_not_drafted`,
/// `survey_retired`, `survey_has_faults` when it cannot be asked as it is, or `survey_picture_gone` when a picture that
/// it shows was never kept here, or is kept no more.
pub async fn publish(ctx: &Ctx, id: SurveyTemplateId, cmd: SeenSurveyDraft) -> Result<()> {
    let granted = ctx.require(Permission::SurveyTemplateWrite)?;
    let mut tx = ctx.begin(granted).await?;
    let (held, draft) = hold_draft(&mut tx, id, Some(cmd.lock_version)).await?;
    if held.retired {
        return Err(Failure::conflict("survey_retired").into());
    }
    if blocks(&check(&draft.content)) {
        return Err(Failure::conflict("survey_has_faults").into());
    }
    let mut pictures: Vec<SurveyPictureId> = draft.content.pictures().collect();
    pictures.sort_unstable();
    pictures.dedup();
    if pictures::hold(&mut tx, &pictures).await? < pictures.len() {
        return Err(Failure::conflict("survey_picture_gone").into());
    }
    writing::publish(&mut tx, draft.id).await?;
    let entry = Entry::done("survey_template.published", "survey_template", id)
        .with(json!({ "version": draft.number }));
    tx.record(entry.in_hospital(held.hospital_id));
    tx.commit().await
}
