//! "Stop these messages", and the way back.

mod store;

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::SurveyId;
use serde_json::json;

use super::store::lock;
use crate::audit::Entry;
use crate::ctx::{Actor, Ctx, Granted};
use crate::error::Result;

/// Whether the patient of this link gets messages on any channel, as far as they decided it themselves.
///
/// # Errors
/// `NotFound` when there is no such survey.
pub async fn has_opted_out(ctx: &Ctx) -> Result<bool> {
    let (granted, id) = invited(ctx)?;
    let stopped = store::is_stopped(ctx.read(&granted), id).await?;
    Ok(stopped.ok_or_else(|| Failure::not_found("survey"))?)
}

/// The patient of this link wants no more messages, or wants them again. Effective at once: whatever waits is looked
/// at again when it is due. Said twice it is one wish.
///
/// # Errors
/// `NotFound` when there is no such survey.
pub async fn opt_out(ctx: &Ctx, stop: bool) -> Result<()> {
    let (granted, id) = invited(ctx)?;
    let mut tx = ctx.begin(granted).await?;
    let survey = lock(&mut tx, id).await?;
    let changed =
        if stop { store::stop(&mut tx, id).await? } else { store::resume(&mut tx, id).await? };
    if !changed {
        return tx.nothing_to_do().await;
    }
    let action = if stop { "patient.opted_out" } else { "patient.opted_in" };
    let entry = Entry::done(action, "survey", id).in_hospital(survey.hospital_id);
    tx.record(entry.with(json!({ "channel": "all" })));
    tx.commit().await
}

fn invited(ctx: &Ctx) -> Result<(Granted, SurveyId)> {
    let granted = ctx.require(Permission::SurveyAnswer)?;
    match *ctx.actor() {
        Actor::Invited { survey } => Ok((granted, survey)),
        _ => Err(Failure::Forbidden.into()),
    }
}
