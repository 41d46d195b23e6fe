//! Begins a draft.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::JourneyTemplateId;
use px360_domain::journeys::template::{CreateDraft, TemplateBody};
use serde_json::json;

use super::{store, writing};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::organizations::must_reach_owner;

/// Begins a draft as a copy of another version, of what holds there now, or of nothing; answers which it is.
///
/// # Errors
/// `NotFound` for a hospital, or a version to copy, out of reach; `Forbidden` for the group where only hospitals are
/// reached; `Conflict` with `draft_exists` when there is one already.
pub async fn create_draft(ctx: &Ctx, cmd: CreateDraft) -> Result<JourneyTemplateId> {
    let granted = ctx.require(Permission::JourneyTemplateWrite)?;
    let read = ctx.read(&granted);
    must_reach_owner(read, cmd.hospital_id).await?;
    let copied = match cmd.copy_of {
        Some(id) => {
            let known = store::list(read, Some(id)).await?.pop();
            let known = known.filter(|row| row.journey_type == cmd.journey_type);
            Some(known.ok_or_else(|| Failure::not_found("journey_template"))?.id)
        }
        None => store::current(read, cmd.hospital_id, cmd.journey_type).await?,
    };
    let body = match copied {
        Some(id) => store::body(read, id).await?.0,
        None => TemplateBody::default(),
    };
    let mut tx = ctx.begin(granted).await?;
    let id = tx.ctx().new_id();
    writing::insert(&mut tx, id, &cmd, &body).await?;
    writing::write_stages(&mut tx, id, &body).await?;
    let entry = Entry::done("journey_template.drafted", "journey_template", id).with(json!({
        "journey_type": cmd.journey_type, "copy_of": copied,
    }));
    tx.record(entry.in_hospital(cmd.hospital_id));
    tx.commit().await?;
    Ok(id)
}
