//! One row: a new record, a change of one that is there, or nothing new.

use px360_domain::records::{ReadRow, RecordKind, Writing, check};
use px360_domain::{Failure, FieldFault};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::known::known;
use crate::error::{Error, Result};
use crate::records::{references, write};
use crate::tx::Tx;

/// What became of a row.
pub(super) enum Kept {
    Made(Uuid),
    Changed(Uuid),
    Same,
    Not(Vec<FieldFault>),
}

/// Keeps a row whose references are filled in. What the tables refuse is taken back and told of.
pub(super) async fn keep(tx: &mut Tx, kind: RecordKind, row: ReadRow) -> Result<Kept> {
    if !row.faults.is_empty() {
        return Ok(Kept::Not(row.faults));
    }
    let point = tx.save_point().await?;
    match try_to_keep(tx, kind, row.doc).await {
        Ok(kept) => {
            tx.past(point).await?;
            Ok(kept)
        }
        Err(error) => {
            tx.back_to(point).await?;
            faults_of(error).map(Kept::Not)
        }
    }
}

async fn try_to_keep(tx: &mut Tx, kind: RecordKind, sent: Map<String, Value>) -> Result<Kept> {
    match known(tx, kind, &sent).await? {
        Some(id) => change(tx, kind, id, sent).await,
        None => {
            let doc = check(kind, &sent, Writing::Create, &Map::new())
                .map_err(|faults| Failure::Invalid { faults })?;
            references::check(tx, kind, &doc, &Map::new()).await?;
            let id: Uuid = tx.ctx().new_id();
            write::insert(tx, kind, id, &doc).await?;
            write::must_reach(tx, kind, id).await?;
            Ok(Kept::Made(id))
        }
    }
}

/// Changes what the row says otherwise; what it does not say stays.
async fn change(tx: &mut Tx, kind: RecordKind, id: Uuid, sent: Map<String, Value>) -> Result<Kept> {
    let Some(before) = write::within_reach(tx, kind, id).await? else {
        // It is there, and not for whoever sends it.
        let key = kind.targets().into_iter().rfind(|target| target.is_key);
        let name = key.map(|target| target.name()).unwrap_or_default();
        return Ok(Kept::Not(vec![FieldFault::new(&name, "taken")]));
    };
    let version = before.version;
    let before = before.doc;
    let sent = beside_what_is_there(sent, &before);
    let changes = check(kind, &sent, Writing::Change, &before)
        .map_err(|faults| Failure::Invalid { faults })?;
    let mut doc = before.clone();
    doc.extend(changes);
    if doc == before {
        return Ok(Kept::Same);
    }
    references::check(tx, kind, &doc, &before).await?;
    write::update(tx, kind, id, version, &before, &doc).await?;
    let after = write::must_reach(tx, kind, id).await?.doc;
    tx.record(write::entry(kind, "updated", id, &before, &after));
    Ok(Kept::Changed(id))
}

/// A file has one row of rows per line, and the record may have others: one that is not there yet is added.
fn beside_what_is_there(
    sent: Map<String, Value>,
    before: &Map<String, Value>,
) -> Map<String, Value> {
    let mut beside = Map::new();
    for (name, value) in sent {
        let (Some(new), Some(Value::Array(there))) = (value.get(0), before.get(&name)) else {
            beside.insert(name, value);
            continue;
        };
        let says_nothing_new = |row: &Value| {
            new.as_object().is_some_and(|new| new.iter().all(|(name, value)| row[name] == *value))
        };
        if !there.iter().any(says_nothing_new) {
            let rows = there.iter().chain([new]).cloned().collect();
            beside.insert(name, Value::Array(rows));
        }
    }
    beside
}

/// A refusal of one row; what is broken stays broken.
pub(super) fn faults_of(error: Error) -> Result<Vec<FieldFault>> {
    match error {
        Error::Refused(Failure::Invalid { faults }) => Ok(faults),
        Error::Refused(Failure::Forbidden) => Ok(vec![FieldFault::new("", "forbidden")]),
        Error::Refused(Failure::Conflict { code }) => Ok(vec![FieldFault::new("", &code)]),
        other => Err(other),
    }
}
