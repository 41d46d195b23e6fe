//! Stopping all messages to patients at once, everywhere, of one hospital or of one survey.
//!
//! A message that waits is looked at again when it may go on: by then it may be too late for it, or the patient may
//! have stopped messages. What staff are told goes on: a deadline does not wait.

mod store;

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::DeliveryPauseId;
use px360_domain::notifications::{DeliveryPauseList, PauseDelivery};
use serde_json::json;

use super::fatigue;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::jobs::Wake;
use crate::organizations::{hospitals_within, must_reach_owner};

/// What stands still within reach.
///
/// # Errors
/// `Forbidden`.
pub async fn delivery_pauses(ctx: &Ctx) -> Result<DeliveryPauseList> {
    let granted = ctx.require(Permission::NotificationRead)?;
    let read = ctx.read(&granted);
    let mut items = store::list(read).await?;
    let pauses = ctx.may(Permission::DeliveryPause);
    let Some(pauses) = pauses else {
        return Ok(DeliveryPauseList { items, ..DeliveryPauseList::default() });
    };
    for item in &mut items {
        item.may_resume = pauses.reach().covers_owner(item.hospital_id);
    }
    Ok(DeliveryPauseList {
        items,
        hospitals: hospitals_within(ctx.read(&pauses)).await?,
        surveys: fatigue::surveys(read).await?,
        may_pause_group: pauses.reach().all,
    })
}

/// Stops messages to patients; those that are on their way arrive.
///
/// # Errors
/// `Forbidden` for the group where only hospitals are reached; `NotFound` for a hospital out of reach; `Invalid` on
/// `reason`, and on `template_id` for a survey that is not there; `Conflict` when they stand still already.
pub async fn pause_delivery(ctx: &Ctx, cmd: PauseDelivery) -> Result<DeliveryPauseId> {
    let granted = ctx.require(Permission::DeliveryPause)?;
    let by = ctx.user_id().ok_or(Failure::Forbidden)?;
    must_reach_owner(ctx.read(&granted), cmd.hospital_id).await?;
    Failure::unless_empty(cmd.faults())?;
    let mut tx = ctx.begin(granted).await?;
    let id: DeliveryPauseId = tx.ctx().new_id();
    store::insert(&mut tx, id, &cmd, by).await?;
    let entry = Entry::done("delivery.paused", "delivery_pause", id).with(json!(cmd));
    tx.record(entry.in_hospital(cmd.hospital_id));
    tx.commit().await?;
    Ok(id)
}

/// Lets messages to patients go on; each is looked at anew.
///
/// # Errors
/// `NotFound` out of reach or when they went on already, `Forbidden` for the group where only hospitals are reached.
pub async fn resume_delivery(ctx: &Ctx, id: DeliveryPauseId) -> Result<()> {
    let granted = ctx.require(Permission::DeliveryPause)?;
    let by = ctx.user_id().ok_or(Failure::Forbidden)?;
    let known = store::list(ctx.read(&granted)).await?;
    let pause = known.into_iter().find(|known| known.id == id);
    let pause = pause.ok_or_else(|| Failure::not_found("delivery_pause"))?;
    if !granted.reach().covers_owner(pause.hospital_id) {
        return Err(Failure::Forbidden.into());
    }
    let mut tx = ctx.begin(granted).await?;
    store::resume(&mut tx, id, by).await?;
    let entry = Entry::done("delivery.resumed", "delivery_pause", id);
    tx.record(entry.in_hospital(pause.hospital_id));
    tx.wake(Wake::DeliverNotifications);
    tx.commit().await
}
