//! Patients come by the hundred thousand: those of a batch who are new are written in one statement.

use std::collections::{HashMap, HashSet};

use px360_domain::records::{ReadRow, RecordKind, Writing, check};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::batch::{Outcome, put};
use super::keep::{Kept, keep};
use super::known;
use super::lines::Line;
use super::places::value;
use crate::error::Result;
use crate::records::patients;
use crate::tx::Tx;

/// The hospital and the number that a patient is known by.
type Key = (Uuid, String);

/// Keeps a batch of patients, in which every hospital is filled in.
pub(super) async fn keep_patients(
    tx: &mut Tx,
    rows: Vec<(Line, ReadRow)>,
    outcome: &mut Outcome,
) -> Result<()> {
    let there = known::known_patients(tx, rows.iter().filter_map(|(_, row)| key(row))).await?;
    let (new, others) = sort(tx, rows, &there, outcome);
    if store_all(tx, &new).await? {
        outcome.made.extend(new.iter().map(|new| new.id));
    } else {
        // One of them is refused by the tables: which one shows when each is tried on its own.
        for new in new {
            let kept = keep(tx, RecordKind::Patient, new.row).await?;
            put(outcome, new.line, kept);
        }
    }
    for (line, row) in others {
        let kept = keep(tx, RecordKind::Patient, row).await?;
        put(outcome, line, kept);
    }
    Ok(())
}

struct New {
    id: Uuid,
    doc: Map<String, Value>,
    line: Line,
    row: ReadRow,
}

/// Who is new, and who is looked at one by one: whom we know, and whoever stands in the batch twice.
fn sort(
    tx: &Tx,
    rows: Vec<(Line, ReadRow)>,
    there: &HashMap<Key, Uuid>,
    outcome: &mut Outcome,
) -> (Vec<New>, Vec<(Line, ReadRow)>) {
    let (mut new, mut others) = (Vec::with_capacity(rows.len()), Vec::new());
    let mut seen = HashSet::new();
    for (line, row) in rows {
        let Some(key) = key(&row).filter(|_| row.faults.is_empty()) else {
            others.push((line, row));
            continue;
        };
        if there.contains_key(&key) || !seen.insert(key) {
            others.push((line, row));
            continue;
        }
        match check(RecordKind::Patient, &row.doc, Writing::Create, &Map::new()) {
            Ok(doc) => new.push(New { id: tx.ctx().new_id(), doc, line, row }),
            Err(faults) => put(outcome, line, Kept::Not(faults)),
        }
    }
    (new, others)
}

/// False, and nothing kept, when the tables refuse one of them.
async fn store_all(tx: &mut Tx, new: &[New]) -> Result<bool> {
    let ids: Vec<Uuid> = new.iter().map(|new| new.id).collect();
    let docs: Vec<Value> = new.iter().map(|new| Value::Object(new.doc.clone())).collect();
    let point = tx.save_point().await?;
    match patients::insert_all(tx, &ids, &docs).await {
        Ok(()) => {
            tx.past(point).await?;
            Ok(true)
        }
        Err(sqlx::Error::Database(_)) => {
            tx.back_to(point).await?;
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

fn key(row: &ReadRow) -> Option<Key> {
    Some((value(row, "mrns.hospital_id")?.parse().ok()?, value(row, "mrns.mrn")?))
}
