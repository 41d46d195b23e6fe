//! Who may know who a patient is. Other records have no identity to hide.

use px360_domain::access::Permission;
use px360_domain::records::{OpenGlass, RecordKind};
use serde_json::json;
use uuid::Uuid;

use super::statements::Sight;
use super::{glass, store};
use crate::audit::Entry;
use crate::ctx::{Ctx, Granted};
use crate::error::Result;

/// The right to know who one patient is.
pub(super) struct Identity {
    pub(super) granted: Granted,
    /// The glass that was broken for it, where it is nobody's usual right.
    pub(super) glass: Option<OpenGlass>,
}

/// An entry about a look at a patient, which says when it was through a broken glass.
pub(super) fn marked(identity: Option<&Identity>, entry: Entry) -> Entry {
    match identity.and_then(|it| it.glass) {
        Some(_) => entry.with(json!({ "break_glass": true })),
        None => entry,
    }
}

/// The right to know who everybody in a list is: none when it reaches less far than the list does,
/// as it can for whoever holds several roles. Then the list is masked, and one record tells more.
pub(super) fn everywhere(ctx: &Ctx, kind: RecordKind, listed: &Granted) -> Option<Granted> {
    if kind != RecordKind::Patient {
        return Some(listed.clone());
    }
    let identify = ctx.may_alone(Permission::PatientIdentify)?;
    let (reach, list) = (identify.reach(), listed.reach());
    reach.includes(list).then_some(identify)
}

/// The right to know who this one is.
pub(super) async fn of_one(
    ctx: &Ctx,
    kind: RecordKind,
    read: &Granted,
    id: Uuid,
) -> Result<Option<Identity>> {
    if let Some(granted) = everywhere(ctx, kind, read) {
        return Ok(Some(Identity { granted, glass: None }));
    }
    if let Some(granted) = ctx.may_alone(Permission::PatientIdentify) {
        let sight = Sight { reach: granted.reach(), identify: true };
        if store::find(ctx.read(&granted), kind, sight, id).await?.is_some() {
            return Ok(Some(Identity { granted, glass: None }));
        }
    }
    let Some(granted) = ctx.may(Permission::PatientBreakGlass) else { return Ok(None) };
    let Some(me) = ctx.user_id() else { return Ok(None) };
    let glass = glass::find_open(ctx.read(&granted), me, id, ctx.now()).await?;
    Ok(glass.map(|glass| Identity { granted, glass: Some(glass) }))
}
