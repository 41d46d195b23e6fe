//! Retires a published version.

use px360_domain::access::Permission;
use px360_domain::ids::JourneyTemplateId;
use px360_domain::journeys::template::{SeenTemplate, TemplateState};

use super::{hold, writing};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Retires a published version: new journeys of a hospital follow the group's again, those of the group none.
/// Journeys that are under way go on.
///
/// # Errors
/// `NotFound` and `Forbidden` as for every version; `Conflict` with `stale_version` or `template_not_published`.
pub async fn retire(ctx: &Ctx, id: JourneyTemplateId, cmd: SeenTemplate) -> Result<()> {
    let granted = ctx.require(Permission::JourneyTemplateWrite)?;
    let mut tx = ctx.begin(granted).await?;
    let held = hold(&mut tx, id, Some(cmd.lock_version), TemplateState::Published).await?;
    writing::retire(&mut tx, id).await?;
    let entry = Entry::done("journey_template.retired", "journey_template", id);
    tx.record(entry.in_hospital(held.hospital_id));
    tx.commit().await
}
