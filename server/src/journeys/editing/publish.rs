//! Publishes a draft.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::JourneyTemplateId;
use px360_domain::journeys::template::{SeenTemplate, TemplateState, blocks, findings};
use serde_json::json;

use super::{hold, store, writing};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::jobs::Wake;

/// Publishes a draft: from now on new journeys follow it, in the place of the version before. Journeys that are
/// under way keep theirs. Messages that wait for a code that nobody knew are tried again.
///
/// # Errors
/// `NotFound` and `Forbidden` as for every version; `Conflict` with `stale_version`, `template_not_draft`, or
/// `template_has_faults` when it cannot be followed as it is.
pub async fn publish(ctx: &Ctx, id: JourneyTemplateId, cmd: SeenTemplate) -> Result<()> {
    let granted = ctx.require(Permission::JourneyTemplateWrite)?;
    let read = ctx.read(&granted);
    let surveys = store::surveys(read, id).await?;
    let mut tx = ctx.begin(granted.clone()).await?;
    let held = hold(&mut tx, id, Some(cmd.lock_version), TemplateState::Draft).await?;
    let (body, _) = store::body_in(&mut tx, id).await?;
    if blocks(&findings(&body, &surveys)) {
        return Err(Failure::conflict("template_has_faults").into());
    }
    let retired = writing::publish(&mut tx, id).await?;
    let released = writing::release_waiting(&mut tx, held.hospital_id).await?;
    let entry = Entry::done("journey_template.published", "journey_template", id).with(json!({
        "before": held.state, "replaces": retired, "released": released,
    }));
    tx.record(entry.in_hospital(held.hospital_id));
    tx.wake(Wake::ProcessEvents);
    tx.commit().await
}
