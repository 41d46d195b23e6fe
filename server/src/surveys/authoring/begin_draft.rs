//! Begins the next version of a survey.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::SurveyTemplateId;
use serde_json::json;

use super::{hold, store, writing};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Begins the next version of a survey as a copy of the current one, or of the one of this number.
///
/// # Errors
/// `NotFound` and `Forbidden` as for every template; `NotFound` for a number that no version has; `Conflict` with
/// `draft_exists` when somebody began already.
pub async fn begin_draft(ctx: &Ctx, id: SurveyTemplateId, copy_of: Option<i32>) -> Result<()> {
    let granted = ctx.require(Permission::SurveyTemplateWrite)?;
    let versions = store::versions(ctx.read(&granted), id).await?;
    let copied = versions.iter().find(|it| copy_of.is_none_or(|number| it.number == number));
    let content = match copied {
        Some(version) => Some(store::content(ctx.read(&granted), version.id).await?.0),
        None => None,
    };
    let mut tx = ctx.begin(granted).await?;
    let held = hold(&mut tx, id).await?;
    let content = content.ok_or_else(|| Failure::not_found("survey_version"))?;
    let number = writing::next_number(&mut tx, id).await?;
    writing::insert_draft(&mut tx, id, number, &content).await?;
    let entry = Entry::done("survey_template.drafted", "survey_template", id)
        .with(json!({ "version": number, "copy_of": copied.map(|version| version.number) }));
    tx.record(entry.in_hospital(held.hospital_id));
    tx.commit().await
}
