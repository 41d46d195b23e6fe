//! Writes a draft anew.

use px360_domain::access::Permission;
use px360_domain::ids::SurveyTemplateId;
use px360_domain::surveys::authoring::{SaveSurveyDraft, faults_of_draft};
use px360_domain::{Failure, FieldFault};
use serde_json::json;

use super::{hold_draft, writing};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Writes a draft anew; answers its new `lock_version`. A draft may have faults, as long as it can be kept.
///
/// # Errors
/// `NotFound` and `Forbidden` as for every template, `Conflict` with `stale_version` or `survey_not_drafted`;
/// `Invalid` for what no draft can hold: a title that is too long, too many questions, characters that are none.
pub async fn save_draft(ctx: &Ctx, id: SurveyTemplateId, cmd: SaveSurveyDraft) -> Result<i32> {
    let granted = ctx.require(Permission::SurveyTemplateWrite)?;
    let json = serde_json::to_string(&cmd.content)?;
    let mut faults = faults_of_draft(&cmd.content, json.len());
    // A database keeps no NUL, and no reader has one.
    if json.contains(r"\u0000") {
        faults.push(FieldFault::new("content", "malformed"));
    }
    let mut tx = ctx.begin(granted).await?;
    let (held, draft) = hold_draft(&mut tx, id, Some(cmd.lock_version)).await?;
    Failure::unless_empty(faults)?;
    let lock_version = writing::rewrite(&mut tx, draft.id, &cmd.content).await?;
    let entry = Entry::done("survey_template.saved", "survey_template", id)
        .with(json!({ "questions": cmd.content.questions.len() }));
    tx.record(entry.in_hospital(held.hospital_id));
    tx.commit().await?;
    Ok(lock_version)
}
