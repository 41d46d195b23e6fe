//! Imports, as whoever began them sees them.

use px360_domain::Failure;
use px360_domain::records::{FAULTS_SHOWN_MAX, Import, ImportDetail, RecordKind};
use uuid::Uuid;

use super::store;
use crate::ctx::{Ctx, Granted};
use crate::error::Result;

/// An import, with the first of its faulty rows.
///
/// # Errors
/// `NotFound` for somebody else's.
pub async fn find(ctx: &Ctx, id: Uuid) -> Result<ImportDetail> {
    let granted = some_right(ctx)?;
    let read = ctx.read(&granted);
    let me = ctx.user_id().ok_or(Failure::Forbidden)?;
    let import = store::imports(read, me, Some(id)).await?.pop();
    let import = import.ok_or_else(|| Failure::not_found("import"))?;
    let faults = store::faults(read, id, 0, FAULTS_SHOWN_MAX).await?;
    Ok(ImportDetail { import, faults })
}

/// The caller's imports, newest first.
///
/// # Errors
/// `Forbidden` for whoever may make no records at all.
pub async fn list(ctx: &Ctx) -> Result<Vec<Import>> {
    let granted = some_right(ctx)?;
    let me = ctx.user_id().ok_or(Failure::Forbidden)?;
    store::imports(ctx.read(&granted), me, None).await
}

/// A right to make records of some kind: without one there are no imports.
pub(super) fn some_right(ctx: &Ctx) -> Result<Granted> {
    let kinds = RecordKind::ALL.iter().filter(|kind| kind.can_be_imported());
    let mut kinds = kinds.filter(|kind| ctx.may(kind.write()).is_some());
    let kind = kinds.next().copied().unwrap_or(RecordKind::Patient);
    ctx.require(kind.write())
}
