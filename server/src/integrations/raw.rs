//! The content of a message, as it came.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::EventId;
use px360_domain::integrations::RawEventView;

use super::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// The content of a message. It tells who the patient is, so that only those who may know see it, and that they
/// looked is remembered.
///
/// # Errors
/// `Forbidden` without `event.read` and `patient.identify`; `NotFound` out of reach of either.
pub async fn view_raw_event(ctx: &Ctx, id: EventId) -> Result<RawEventView> {
    let granted = ctx.require(Permission::EventRead)?;
    let identify = ctx.require(Permission::PatientIdentify)?;
    let mut tx = ctx.begin(granted).await?;
    let not_found = || Failure::not_found("inbound_event");
    let (view, hospital) = store::raw(&mut tx, id).await?.ok_or_else(not_found)?;
    let mut entry = Entry::done("event.read_raw", "inbound_event", id);
    match hospital {
        Some(hospital) if identify.reach().covers(hospital, None, None) => {
            entry = entry.in_hospital(hospital);
        }
        Some(_) => return Err(not_found().into()),
        // What was rejected belongs to no hospital: whoever sees all of them looks at it.
        None => {}
    }
    tx.record(entry);
    tx.commit().await?;
    Ok(view)
}
