//! Some lines of a file, in one unit of work.

use px360_domain::FieldFault;
use px360_domain::records::{ReadRow, RecordKind, Target, read_row};
use uuid::Uuid;

use super::bulk::keep_patients;
use super::keep::{Kept, keep};
use super::lines::Line;
use super::places::{Hospitals, fill_others};
use crate::error::Result;
use crate::tx::Tx;

/// What became of some lines.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) made: Vec<Uuid>,
    pub(super) changed: Vec<Uuid>,
    pub(super) same: usize,
    pub(super) faults: Vec<(Line, Vec<FieldFault>)>,
}

/// Notes what became of a line.
pub(super) fn put(outcome: &mut Outcome, line: Line, kept: Kept) {
    match kept {
        Kept::Made(id) => outcome.made.push(id),
        Kept::Changed(id) => outcome.changed.push(id),
        Kept::Same => outcome.same += 1,
        Kept::Not(faults) => outcome.faults.push((line, faults)),
    }
}

/// Keeps what can be kept of these lines.
pub(super) async fn keep_lines(
    tx: &mut Tx,
    kind: RecordKind,
    mapping: &[Option<Target>],
    lines: Vec<Line>,
) -> Result<Outcome> {
    let hospitals = Hospitals::within_reach(tx).await?;
    let read = |line: Line| {
        let mut row: ReadRow = read_row(mapping, &line.cells);
        if line.cells.len() > mapping.len() {
            // A comma that is not quoted moves everything behind it.
            row.faults.push(FieldFault::new("", "too_many_cells"));
        }
        hospitals.fill(kind, &mut row);
        (line, row)
    };
    let rows: Vec<(Line, ReadRow)> = lines.into_iter().map(read).collect();
    let mut outcome = Outcome::default();
    if kind == RecordKind::Patient {
        keep_patients(tx, rows, &mut outcome).await?;
        return Ok(outcome);
    }
    for (line, mut row) in rows {
        fill_others(tx, &mut row).await?;
        let kept = keep(tx, kind, row).await?;
        put(&mut outcome, line, kept);
    }
    Ok(outcome)
}
