//! Who a patient may be besides.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::records::{PatientKin, RecordKind};
use uuid::Uuid;

use super::store;
use crate::ctx::{Ctx, Granted};
use crate::error::{Error, Result};
use crate::records::record::Record;
use crate::records::statements::Sight;
use crate::records::store as records;

/// Records that may be the same patient, and those that were found to be.
///
/// # Errors
/// `Forbidden` for whoever may not change patients or not know who they are; `NotFound` out of reach.
pub async fn kin(ctx: &Ctx, id: Uuid) -> Result<PatientKin> {
    let granted = may_merge(ctx)?;
    must_see(ctx, &granted, id).await?;
    let read = ctx.read(&granted);
    Ok(PatientKin {
        duplicates: store::duplicates(read, id).await?,
        merges: store::merges(&mut *read.db().await?, id).await?,
    })
}

/// The same for a page that shows it where it can: nothing for whoever may not.
pub(in crate::records) async fn kin_silently(ctx: &Ctx, id: Uuid) -> Result<PatientKin> {
    let rights = [Permission::PatientWrite, Permission::PatientIdentify];
    if rights.iter().any(|right| ctx.may_alone(*right).is_none()) {
        return Ok(PatientKin::default());
    }
    match kin(ctx, id).await {
        Err(Error::Refused(_)) => Ok(PatientKin::default()),
        answer => answer,
    }
}

/// The right to merge: to change patients, and to know who they are as far as that reaches.
pub(super) fn may_merge(ctx: &Ctx) -> Result<Granted> {
    let write = ctx.require(Permission::PatientWrite)?;
    let identify = ctx.may_alone(Permission::PatientIdentify).ok_or(Failure::Forbidden)?;
    if identify.reach().includes(write.reach()) {
        Ok(write)
    } else {
        Err(Failure::Forbidden.into())
    }
}

/// A patient within the reach of a right.
pub(in crate::records) async fn must_see(ctx: &Ctx, granted: &Granted, id: Uuid) -> Result<Record> {
    let sight = Sight { reach: granted.reach(), identify: true };
    let row = records::find(ctx.read(granted), RecordKind::Patient, sight, id).await?;
    let row = row.ok_or_else(|| Failure::not_found("patient"))?;
    Ok(Record::of(RecordKind::Patient, row, true))
}
