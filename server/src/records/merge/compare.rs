//! Two records side by side.

use px360_domain::Failure;
use px360_domain::records::{MergePreview, RecordKind};
use uuid::Uuid;

use super::kin::{may_merge, must_see};
use super::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::records::write::at_home;

/// What a merge would bring together. That both were looked at is remembered.
///
/// # Errors
/// As [`kin`](super::kin); `Invalid` on `merged`: `same_record`.
pub async fn compare(ctx: &Ctx, survivor: Uuid, merged: Uuid) -> Result<MergePreview> {
    let granted = may_merge(ctx)?;
    if survivor == merged {
        return Err(Failure::invalid("merged", "same_record").into());
    }
    let (one, other) =
        (must_see(ctx, &granted, survivor).await?, must_see(ctx, &granted, merged).await?);
    let mut tx = ctx.begin(granted).await?;
    for record in [&one, &other] {
        let entry = Entry::done("patient.viewed", "patient", record.id);
        tx.record(at_home(entry, RecordKind::Patient, record.id, &record.doc));
    }
    tx.see_everything().await?;
    let counts = store::counts(&mut tx, merged).await?;
    tx.commit().await?;
    let (survivor, merged) = (one.view(RecordKind::Patient), other.view(RecordKind::Patient));
    Ok(MergePreview { survivor, merged, counts })
}
