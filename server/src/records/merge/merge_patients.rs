//! Two become one.

use px360_domain::records::{
    MergePatients, PatientMerge, RecordKind, Writing, check, merged_fields,
};
use px360_domain::{Failure, FieldFault};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::kin::{may_merge, must_see};
use super::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::records::record::Record;
use crate::records::write;

/// Merges a patient into another one: the survivor keeps its own fields but for those that are taken.
///
/// # Errors
/// As [`compare`](super::compare); `Conflict` with `stale_version` when either changed meanwhile; `Invalid`
/// on `take` for what is no field to choose, or on a field that the survivor cannot have.
pub async fn merge(ctx: &Ctx, survivor: Uuid, cmd: MergePatients) -> Result<PatientMerge> {
    let granted = may_merge(ctx)?;
    let merged = cmd.merged.id;
    if survivor == merged {
        return Err(Failure::invalid("merged", "same_record").into());
    }
    for id in [survivor, merged] {
        must_see(ctx, &granted, id).await?;
    }
    let mut tx = ctx.begin(granted).await?;
    store::lock(&mut tx, survivor, merged).await?;
    let one = write::must_reach(&mut tx, RecordKind::Patient, survivor).await?;
    let other = write::must_reach(&mut tx, RecordKind::Patient, merged).await?;
    if (one.version, other.version) != (cmd.version, cmd.merged.version) {
        return Err(Failure::conflict("stale_version").into());
    }
    let becomes = becomes(&one, &other, &cmd.take)?;
    let mut doc = one.doc.clone();
    doc.extend(becomes.clone());
    // Also with nothing to change: whoever saw the survivor before does not write over it unawares.
    write::update(&mut tx, RecordKind::Patient, survivor, one.version, &one.doc, &doc).await?;
    // What moves may stand in hospitals that whoever merges does not see; it goes along all the same.
    tx.see_everything().await?;
    let moved = store::move_all(&mut tx, merged, survivor).await?;
    store::retire(&mut tx, merged, survivor).await?;
    let id: Uuid = tx.ctx().new_id();
    let changes: Map<String, Value> = becomes
        .iter()
        .map(|(name, after)| (name.clone(), json!([one.doc.get(name), after])))
        .collect();
    store::remember(&mut tx, id, survivor, &other, &moved, &Value::Object(changes)).await?;
    let detail = json!({ "merge": id, "merged_id": merged, "moved": moved.counts() });
    let patient = RecordKind::Patient;
    tx.record(write::entry_with(patient, "merged", survivor, &one.doc, &doc, detail));
    let entry = Entry::done("patient.merged_away", "patient", merged)
        .with(json!({ "merge": id, "survivor_id": survivor }));
    tx.record(write::at_home(entry, RecordKind::Patient, merged, &other.doc));
    let merges = store::merges(tx.db(), survivor).await?;
    tx.commit().await?;
    merges
        .into_iter()
        .find(|merge| merge.id == id)
        .ok_or_else(|| Failure::not_found("patient_merge").into())
}

/// The fields of the survivor that change, checked as if somebody had typed them.
fn becomes(one: &Record, other: &Record, take: &[String]) -> Result<Map<String, Value>> {
    let becomes = merged_fields(&one.doc, &other.doc, take).map_err(|name| Failure::Invalid {
        faults: vec![FieldFault::new("take", "unknown_field"), FieldFault::new(name, "read_only")],
    })?;
    let read = check(RecordKind::Patient, &becomes, Writing::Change, &one.doc);
    Ok(read.map_err(|faults| Failure::Invalid { faults })?)
}
