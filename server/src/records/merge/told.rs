//! A hospital says that two record numbers are one patient's.

use px360_domain::ids::{EventId, PatientId};
use px360_domain::records::RecordKind;
use serde_json::{Value, json};
use uuid::Uuid;

use super::store;
use crate::audit::Entry;
use crate::error::Result;
use crate::organizations::absorb_patient_in;
use crate::records::write;
use crate::tx::Tx;

/// Merges a patient into another one because a message says so, in the caller's transaction. Whatever is
/// known better of the one who goes is kept: what was said last, field by field.
///
/// It can be undone like any merge; both ends are remembered.
pub async fn merge_told_in(
    tx: &mut Tx,
    survivor: PatientId,
    merged: PatientId,
    event: EventId,
) -> Result<()> {
    let (survivor_id, merged_id) = (survivor.0, merged.0);
    store::lock(tx, survivor_id, merged_id).await?;
    let before = write::must_reach(tx, RecordKind::Patient, survivor_id).await?;
    let other = write::must_reach(tx, RecordKind::Patient, merged_id).await?;
    let changes = absorb_patient_in(tx, survivor, merged).await?;
    let moved = store::move_all(tx, merged_id, survivor_id).await?;
    store::retire(tx, merged_id, survivor_id).await?;
    let id: Uuid = tx.ctx().new_id();
    let changes = Value::Object(changes);
    store::remember(tx, id, survivor_id, &other, &moved, &changes).await?;
    store::note_event(tx, id, event).await?;
    let after = write::must_reach(tx, RecordKind::Patient, survivor_id).await?;
    let detail =
        json!({ "merge": id, "merged_id": merged_id, "moved": moved.counts(), "event": event });
    let patient = RecordKind::Patient;
    tx.record(write::entry_with(patient, "merged", survivor_id, &before.doc, &after.doc, detail));
    let entry = Entry::done("patient.merged_away", "patient", merged_id)
        .with(json!({ "merge": id, "survivor_id": survivor_id, "event": event }));
    tx.record(write::at_home(entry, patient, merged_id, &other.doc));
    Ok(())
}
