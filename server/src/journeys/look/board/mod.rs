//! Who is where now.

mod store;

use px360_domain::access::Permission;
use px360_domain::integrations::CODE_CHARS_MAX;
use px360_domain::journeys::{Board, BoardCard, BoardColumn, BoardFilter};
use px360_domain::{Bilingual, Failure};

use super::Faces;
use crate::ctx::Ctx;
use crate::error::Result;

/// The patients whose journey of this kind is under way, by the stage where they are.
///
/// A patient in two parallel stages stands in both columns and counts once. Those who wait longest come first.
///
/// # Errors
/// `Forbidden`; `Invalid` on `hospital` for what is longer than any code.
pub async fn board(ctx: &Ctx, filter: BoardFilter) -> Result<Board> {
    let granted = ctx.require(Permission::JourneyRead)?;
    if filter.hospital.as_ref().is_some_and(|code| code.chars().count() > CODE_CHARS_MAX) {
        return Err(Failure::invalid("hospital", "too_long").into());
    }
    let (read, now) = (ctx.read(&granted), ctx.now());
    let mut db = read.snapshot().await?;
    let totals = store::board_totals(&mut db, read.reach(), &filter, now).await?;
    let mut columns = store::board_columns(&mut db, read.reach(), &filter).await?;
    let waiting = store::waiting(&mut db, read.reach(), &filter, now).await?;
    let faces = Faces::of(ctx);
    for row in waiting {
        let known = columns.iter().position(|column| column.code == row.code);
        // A stage that only versions of yesterday know: their patients are here all the same.
        let at = known.unwrap_or_else(|| {
            columns.push(BoardColumn {
                code: row.code.clone(),
                name: Bilingual { ar: row.name_ar.clone(), en: row.name_en.clone() },
                dwell_minutes_max: row.dwell_minutes_max,
                patients: 0,
                overdue: 0,
                cards: Vec::new(),
            });
            columns.len() - 1
        });
        let Some(column) = columns.get_mut(at) else { continue };
        column.patients = row.patients;
        column.overdue = row.overdue_here;
        column.cards.push(card(&faces, row));
    }
    Ok(Board {
        as_of: now,
        journey_type: filter.journey_type,
        patients: totals.patients,
        overdue: totals.overdue,
        columns,
    })
}

fn card(faces: &Faces, row: store::Waiting) -> BoardCard {
    BoardCard {
        journey_id: row.journey_id,
        encounter_number: row.encounter_number,
        patient: faces.name(row.hospital_id, Bilingual { ar: row.patient_ar, en: row.patient_en }),
        hospital: Bilingual { ar: row.hospital_ar, en: row.hospital_en },
        department: Bilingual::both(row.department_ar, row.department_en),
        location: row.location,
        since: row.since,
        overdue: row.overdue,
    }
}
