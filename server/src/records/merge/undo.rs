//! One becomes two again.

use px360_domain::Failure;
use px360_domain::records::RecordKind;
use serde_json::{Value, json};
use uuid::Uuid;

use super::kin::{may_merge, must_see};
use super::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::records::write;

/// Undoes a merge: whatever moved and is still there moves back, and so does a field that nobody changed
/// since. What came later stays with the survivor.
///
/// # Errors
/// `NotFound` for a merge of another patient, or out of reach; `Conflict` with `merge_undone`.
pub async fn undo(ctx: &Ctx, survivor: Uuid, id: Uuid) -> Result<()> {
    let granted = may_merge(ctx)?;
    must_see(ctx, &granted, survivor).await?;
    let mut tx = ctx.begin(granted).await?;
    let merge = store::open(&mut tx, id, survivor).await?;
    let merge = merge.ok_or_else(|| Failure::not_found("patient_merge"))?;
    if merge.undone {
        return Err(Failure::conflict("merge_undone").into());
    }
    let before = write::must_reach(&mut tx, RecordKind::Patient, survivor).await?;
    tx.see_everything().await?;
    store::lock(&mut tx, survivor, merge.merged_id).await?;
    let mut doc = before.doc.clone();
    for (name, change) in merge.changes.as_object().into_iter().flatten() {
        if doc.get(name) == change.get(1) {
            doc.insert(name.clone(), change.get(0).cloned().unwrap_or_default());
        }
    }
    write::update(&mut tx, RecordKind::Patient, survivor, before.version, &before.doc, &doc)
        .await?;
    store::bring_back(&mut tx, merge.merged_id).await?;
    store::move_back(&mut tx, survivor, merge.merged_id, &merge.moved).await?;
    store::mark_undone(&mut tx, id).await?;
    let detail = json!({ "merge": id, "merged_id": merge.merged_id });
    let patient = RecordKind::Patient;
    tx.record(write::entry_with(patient, "unmerged", survivor, &before.doc, &doc, detail));
    let entry = Entry::done("patient.brought_back", "patient", merge.merged_id)
        .with(json!({ "merge": id, "survivor_id": survivor }));
    let home = write::at_home(entry, RecordKind::Patient, merge.merged_id, &doc);
    tx.record(home);
    tx.commit().await
}

/// A merge as it can be undone.
pub(super) struct Open {
    pub(super) merged_id: Uuid,
    pub(super) moved: Value,
    pub(super) changes: Value,
    pub(super) undone: bool,
}
