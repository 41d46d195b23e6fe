//! Begins a survey template.

use px360_domain::access::Permission;
use px360_domain::ids::SurveyTemplateId;
use px360_domain::surveys::SurveyContent;
use px360_domain::surveys::authoring::{CreateSurveyTemplate, TITLE_CHARS_MAX, code_of};
use px360_domain::{Failure, FieldFault};
use serde_json::json;

use super::{store, writing};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::organizations::must_reach_owner;

/// Begins a survey template with a draft: without a question, or with those of another template.
///
/// # Errors
/// `NotFound` for a hospital, or a template to copy, out of reach; `Forbidden` for the group where only hospitals are
/// reached; `Invalid` on `title` when it is missing in both languages or too long.
pub async fn create_template(ctx: &Ctx, cmd: CreateSurveyTemplate) -> Result<SurveyTemplateId> {
    let granted = ctx.require(Permission::SurveyTemplateWrite)?;
    let read = ctx.read(&granted);
    must_reach_owner(read, cmd.hospital_id).await?;
    Failure::unless_empty(faults(&cmd))?;
    let mut content = match cmd.copy_of {
        Some(id) => store::latest(read, ctx.now(), id).await?,
        None => SurveyContent::blank(cmd.title.clone()),
    };
    content.title = cmd.title;
    let mut tx = ctx.begin(granted).await?;
    let id: SurveyTemplateId = tx.ctx().new_id();
    let code = code_of(&content.title.en, "survey");
    let code = writing::insert_template(&mut tx, id, &code, cmd.hospital_id).await?;
    writing::insert_draft(&mut tx, id, 1, &content).await?;
    let entry = Entry::done("survey_template.created", "survey_template", id)
        .with(json!({ "code": code, "copy_of": cmd.copy_of }));
    tx.record(entry.in_hospital(cmd.hospital_id));
    tx.commit().await?;
    Ok(id)
}

fn faults(cmd: &CreateSurveyTemplate) -> Vec<FieldFault> {
    let texts = [&cmd.title.ar, &cmd.title.en];
    let code = if texts.iter().all(|text| text.trim().is_empty()) {
        "required"
    } else if texts.iter().any(|text| text.chars().count() > TITLE_CHARS_MAX) {
        "too_long"
    } else if texts.iter().any(|text| text.contains('\0')) {
        "malformed"
    } else {
        return Vec::new();
    };
    vec![FieldFault::new("title", code)]
}
