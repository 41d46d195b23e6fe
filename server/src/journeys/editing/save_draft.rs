//! Writes a draft anew.

use px360_domain::access::Permission;
use px360_domain::ids::JourneyTemplateId;
use px360_domain::journeys::template::{
    FindingCode, NAME_CHARS_MAX, STAGES_MAX, SaveDraft, SurveyChoice, TemplateBody, TemplateState,
    findings,
};
use px360_domain::{Failure, FieldFault};
use serde_json::json;

use super::{hold, store, writing};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Writes a draft anew; answers its new `lock_version`. A draft may have faults, as long as it can be kept.
///
/// # Errors
/// `NotFound` and `Forbidden` as for every version, `Conflict` with `stale_version` or `template_not_draft`;
/// `Invalid` on `stages.<number>.<part>` for what no draft can hold: codes that are none or occur twice, names that
/// are too long, numbers out of range, rules without codes, a survey that is not published.
pub async fn save_draft(ctx: &Ctx, id: JourneyTemplateId, cmd: SaveDraft) -> Result<i32> {
    let granted = ctx.require(Permission::JourneyTemplateWrite)?;
    let surveys = store::surveys(ctx.read(&granted), id).await?;
    let mut tx = ctx.begin(granted).await?;
    let held = hold(&mut tx, id, Some(cmd.lock_version), TemplateState::Draft).await?;
    let faults = faults(&cmd, &surveys);
    if !faults.is_empty() {
        return Err(Failure::Invalid { faults }.into());
    }
    let lock_version = writing::rewrite(&mut tx, id, &cmd.body).await?;
    writing::write_stages(&mut tx, id, &cmd.body).await?;
    let entry = Entry::done("journey_template.saved", "journey_template", id)
        .with(json!({ "stages": cmd.body.stages.len() }));
    tx.record(entry.in_hospital(held.hospital_id));
    tx.commit().await?;
    Ok(lock_version)
}

/// What keeps a draft from being kept. What only keeps it from being published is told on its page.
fn faults(cmd: &SaveDraft, surveys: &[SurveyChoice]) -> Vec<FieldFault> {
    let body = &cmd.body;
    let kept_from = findings(body, surveys).into_iter().filter(|finding| !finding.warning);
    kept_from
        .filter_map(|finding| {
            let (part, code) = match finding.code {
                // Half-written drafts are kept.
                FindingCode::NothingOpens => return None,
                FindingCode::Name if !is_too_long(body, finding.stage) => return None,
                FindingCode::Stages if body.stages.len() <= STAGES_MAX => return None,
                FindingCode::NoEventCodes | FindingCode::Triggers => ("triggers", "malformed"),
                FindingCode::Survey => ("survey_template_id", "unknown_reference"),
                code => (code.as_str(), "malformed"),
            };
            let field = match finding.stage {
                Some(stage) => format!("stages.{stage}.{part}"),
                None => part.to_owned(),
            };
            Some(FieldFault::new(&field, code))
        })
        .collect()
}

fn is_too_long(body: &TemplateBody, stage: Option<usize>) -> bool {
    let name = match stage {
        None => Some(&body.name),
        Some(stage) => body.stages.get(stage).map(|stage| &stage.name),
    };
    let is_bad = |text: &str| text.chars().count() > NAME_CHARS_MAX || text.contains('\0');
    name.is_some_and(|name| is_bad(&name.ar) || is_bad(&name.en))
}
