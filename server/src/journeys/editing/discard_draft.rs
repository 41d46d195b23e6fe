//! Throws a draft away.

use px360_domain::access::Permission;
use px360_domain::ids::JourneyTemplateId;
use px360_domain::journeys::template::TemplateState;

use super::{hold, writing};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Throws a draft away; no journey ever followed it.
///
/// # Errors
/// `NotFound` and `Forbidden` as for every version, `Conflict` with `template_not_draft`.
pub async fn discard_draft(ctx: &Ctx, id: JourneyTemplateId) -> Result<()> {
    let granted = ctx.require(Permission::JourneyTemplateWrite)?;
    let mut tx = ctx.begin(granted).await?;
    let held = hold(&mut tx, id, None, TemplateState::Draft).await?;
    writing::delete(&mut tx, id).await?;
    let entry = Entry::done("journey_template.discarded", "journey_template", id);
    tx.record(entry.in_hospital(held.hospital_id));
    tx.commit().await
}
