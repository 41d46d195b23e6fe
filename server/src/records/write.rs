//! What the writing use cases share: which store keeps a kind, and what is remembered of a change.

use px360_domain::Failure;
use px360_domain::ids::HospitalId;
use px360_domain::records::{RecordKind, Use, masked};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::record::Record;
use super::statements::Sight;
use super::{constraints, patients, people, places, store};
use crate::audit::Entry;
use crate::ctx::{Actor, Ctx};
use crate::error::Result;
use crate::tx::Tx;

/// Begins to write on a record: the unit of work, and the record as it stands in it.
///
/// # Errors
/// `NotFound` for what is out of sight; `Forbidden` for what may be seen and not changed; `Conflict` for
/// another version than the one that was meant.
pub(super) async fn open(
    ctx: &Ctx,
    kind: RecordKind,
    id: Uuid,
    version: Option<i64>,
) -> Result<(Tx, Record)> {
    let read = ctx.require(kind.read())?;
    let sight = Sight { reach: read.reach(), identify: true };
    if store::find(ctx.read(&read), kind, sight, id).await?.is_none() {
        return Err(Failure::not_found(kind.as_str()).into());
    }
    let mut tx = ctx.begin(ctx.require(kind.write())?).await?;
    let record = must_reach(&mut tx, kind, id).await?;
    if version.is_some_and(|version| version != record.version) {
        return Err(Failure::conflict("stale_version").into());
    }
    Ok((tx, record))
}

/// Keeps a new record.
pub(super) async fn insert(
    tx: &mut Tx,
    kind: RecordKind,
    id: Uuid,
    doc: &Map<String, Value>,
) -> Result<()> {
    let json = Value::Object(doc.clone());
    let kept = match kind {
        RecordKind::Hospital => places::insert_hospital(tx, id, &json).await,
        RecordKind::Department => places::insert_department(tx, id, &json).await,
        RecordKind::Physician => people::insert_physician(tx, id, &json).await,
        RecordKind::Employee => people::insert_employee(tx, id, &json).await,
        RecordKind::Patient => patients::insert(tx, id, &json).await,
        RecordKind::User => return people::create_user(tx, id, doc).await,
    };
    constraints::as_faults(kind, kept)
}

/// Keeps what a record is from now on.
///
/// # Errors
/// `Conflict` when somebody else was faster.
pub(super) async fn update(
    tx: &mut Tx,
    kind: RecordKind,
    id: Uuid,
    version: i64,
    before: &Map<String, Value>,
    doc: &Map<String, Value>,
) -> Result<()> {
    let json = Value::Object(doc.clone());
    let kept = match kind {
        RecordKind::Hospital => places::update_hospital(tx, id, version, &json).await,
        RecordKind::Department => {
            let moved = before.get("parent_id") != doc.get("parent_id");
            places::update_department(tx, id, version, &json, moved).await
        }
        RecordKind::Physician => people::update_physician(tx, id, version, &json).await,
        RecordKind::Employee => people::update_employee(tx, id, version, &json).await,
        RecordKind::Patient => patients::update(tx, id, version, &json).await,
        RecordKind::User => return people::change_user(tx, id, version, before, doc).await,
    };
    require_fresh(constraints::as_faults(kind, kept)?)
}

/// Takes a record out of every list.
pub(super) async fn remove(tx: &mut Tx, kind: RecordKind, id: Uuid, version: i64) -> Result<()> {
    if kind == RecordKind::User {
        return people::remove_user(tx, id, version).await;
    }
    require_fresh(store::remove(tx, kind, id, version).await?)
}

/// What still needs a record.
pub(super) async fn uses(tx: &mut Tx, kind: RecordKind, id: Uuid) -> Result<Vec<Use>> {
    Ok(match kind {
        RecordKind::Hospital => places::uses_of_hospital(tx, id).await?,
        RecordKind::Department => places::uses_of_department(tx, id).await?,
        RecordKind::Physician => people::uses_of_physician(tx, id).await?,
        RecordKind::Employee => people::uses_of_employee(tx, id).await?,
        RecordKind::Patient => patients::uses(tx, id).await?,
        RecordKind::User => people::uses_of_user(tx, id).await?,
    })
}

/// A use in the words of the wire.
pub(super) fn used(by: String, count: i64) -> Use {
    Use { by, count: u32::try_from(count).unwrap_or(u32::MAX) }
}

pub(super) fn require_fresh(done: bool) -> Result<()> {
    if done { Ok(()) } else { Err(Failure::conflict("stale_version").into()) }
}

/// The record as this unit of work sees it, if it stands within the reach of whoever writes.
///
/// # Errors
/// `Forbidden` for what does not, among it what somebody tried to put into another house.
pub(super) async fn must_reach(tx: &mut Tx, kind: RecordKind, id: Uuid) -> Result<Record> {
    Ok(within_reach(tx, kind, id).await?.ok_or(Failure::Forbidden)?)
}

/// The same, or none.
pub(super) async fn within_reach(
    tx: &mut Tx,
    kind: RecordKind,
    id: Uuid,
) -> Result<Option<Record>> {
    let reach = tx.reach().clone();
    let sight = Sight { reach: &reach, identify: true };
    let row = store::find_in(tx, kind, sight, id).await?;
    Ok(row.map(|row| Record::of(kind, row, true)))
}

/// What is remembered: each field that changed, from what to what. Who a patient is stays masked:
/// the log is kept for longer than the patient's own row may be.
pub(super) fn entry(
    kind: RecordKind,
    deed: &'static str,
    id: Uuid,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> Entry {
    entry_with(kind, deed, id, before, after, Value::Object(Map::new()))
}

/// The same with what else is to be known of it.
pub(super) fn entry_with(
    kind: RecordKind,
    deed: &'static str,
    id: Uuid,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    detail: Value,
) -> Entry {
    let (from, to) = (masked(kind, before.clone()), masked(kind, after.clone()));
    let changed = kind.fields().iter().map(|field| field.name);
    let changed = changed.filter(|name| before.get(*name) != after.get(*name));
    let entry = Entry::done(format!("{kind}.{deed}"), kind.as_str(), id).with(detail);
    let entry =
        changed.fold(entry, |entry, name| entry.with_change(name, from.get(name), to.get(name)));
    at_home(entry, kind, id, if after.is_empty() { before } else { after })
}

/// An entry under the hospital that the record belongs to, where it belongs to one.
pub(super) fn at_home(entry: Entry, kind: RecordKind, id: Uuid, doc: &Map<String, Value>) -> Entry {
    match hospital_of(kind, id, doc) {
        Some(hospital) => entry.in_hospital(hospital),
        None => entry,
    }
}

/// An entry about looking at a patient, under the hospital that the reader serves: there it is asked about. Who
/// serves none, or all, leaves it at the first one that knows the patient.
pub(super) fn at_readers(entry: Entry, ctx: &Ctx, id: Uuid, doc: &Map<String, Value>) -> Entry {
    let mrns = doc.get("mrns").and_then(Value::as_array).into_iter().flatten();
    let known = mrns.filter_map(|mrn| mrn["hospital_id"].as_str()?.parse::<HospitalId>().ok());
    let serves = |hospital: &HospitalId| match ctx.actor() {
        Actor::User { grants, .. } => grants.iter().any(|held| held.hospital_id == Some(*hospital)),
        _ => false,
    };
    match known.into_iter().find(serves) {
        Some(hospital) => entry.in_hospital(hospital),
        None => at_home(entry, RecordKind::Patient, id, doc),
    }
}

fn hospital_of(kind: RecordKind, id: Uuid, doc: &Map<String, Value>) -> Option<HospitalId> {
    if kind == RecordKind::Hospital {
        return Some(HospitalId(id));
    }
    let first = |name: &str| doc.get(name)?.get(0)?.get("hospital_id")?.as_str();
    let own = doc.get("hospital_id").and_then(Value::as_str);
    own.or_else(|| first("mrns")).or_else(|| first("affiliations"))?.parse().ok()
}
