//! Who may know who a patient is. Other records have no identity to hide.

use px360_domain::access::Permission;
use px360_domain::records::RecordKind;
use uuid::Uuid;

use super::statements::Sight;
use super::store;
use crate::ctx::{Ctx, Granted};
use crate::error::Result;

/// The right to know who everybody in a list is: none when it reaches less far than the list does,
/// as it can for whoever holds several roles. Then the list is masked, and one record tells more.
pub(super) fn everywhere(ctx: &Ctx, kind: RecordKind, listed: &Granted) -> Option<Granted> {
    if kind != RecordKind::Patient {
        return Some(listed.clone());
    }
    let identify = ctx.may(Permission::PatientIdentify)?;
    let (reach, list) = (identify.reach(), listed.reach());
    (reach.all || reach == list).then_some(identify)
}

/// The right to know who this one is.
pub(super) async fn of_one(
    ctx: &Ctx,
    kind: RecordKind,
    read: &Granted,
    id: Uuid,
) -> Result<Option<Granted>> {
    if let Some(identify) = everywhere(ctx, kind, read) {
        return Ok(Some(identify));
    }
    let Some(identify) = ctx.may(Permission::PatientIdentify) else { return Ok(None) };
    let sight = Sight { reach: identify.reach(), identify: true };
    let reached = store::find(ctx.read(&identify), kind, sight, id).await?.is_some();
    Ok(reached.then_some(identify))
}
