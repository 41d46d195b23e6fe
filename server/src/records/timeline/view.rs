//! What happened to a patient.

use px360_domain::access::Permission;
use px360_domain::organizations::{deidentified, masked_phone};
use px360_domain::records::{Happened, PatientEvent, PatientTimeline, RecordKind, TimelineQuery};
use serde_json::Value;
use uuid::Uuid;

use super::store::{self, Page, Place, Row};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::paging::{PageSize, read_cursor, write_cursor};
use crate::records::merge::must_see;
use crate::records::{identity, write};

/// What happened to a patient within the caller's reach, newest first. Actions are there for whoever may
/// read those. That it was looked at is remembered.
///
/// # Errors
/// `NotFound` for a patient out of reach; `Forbidden` for whoever sees no patients; `Invalid` on `cursor`
/// or `limit`.
pub async fn view(ctx: &Ctx, id: Uuid, query: TimelineQuery) -> Result<PatientTimeline> {
    let granted = ctx.require(Permission::PatientRead)?;
    let size = PageSize::of(query.limit)?;
    let after: Option<Place> = query.cursor.as_deref().map(read_cursor).transpose()?;
    let identify = identity::of_one(ctx, RecordKind::Patient, &granted, id).await?;
    let patient = must_see(ctx, &granted, id).await?.doc;
    let page = Page {
        patient: id,
        before: after.map(|(at, _, _)| at),
        before_rank: after.map(|(_, rank, _)| rank),
        before_id: after.map(|(_, _, id)| id),
        rows: size.and_one(),
    };
    let mut rows = store::care(ctx.read(&granted), page).await?;
    if let Some(actions) = ctx.may(Permission::ActionRead) {
        rows.extend(store::actions(ctx.read(&actions), page).await?);
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.place()));
    let next = size.cut(&mut rows).map(Row::place);
    let next_cursor = next.as_ref().map(write_cursor).transpose()?;
    let mut tx = ctx.begin(granted).await?;
    let entry = Entry::done("patient.timeline_viewed", "patient", id);
    let entry = identity::marked(identify.as_ref(), entry);
    tx.record(write::at_readers(entry, ctx, id, &patient));
    tx.commit().await?;
    let name = |field| patient.get(field).and_then(Value::as_str).unwrap_or_default();
    let names = [name("name_ar"), name("name_en"), name("guardian_name")];
    let told = |row: Row| if identify.is_some() { row.event } else { masked(row.event, &names) };
    Ok(PatientTimeline {
        items: rows.into_iter().map(told).collect(),
        next_cursor,
        as_of: ctx.now(),
        surveys: ctx.may(Permission::SurveyRead).is_some(),
    })
}

/// The same for somebody who needs no identity.
fn masked(mut event: PatientEvent, names: &[&str]) -> PatientEvent {
    match &mut event.what {
        // The visit number leads to the record as surely as the record number does.
        Happened::Encounter { number, .. } => *number = masked_phone(number),
        Happened::Response { words: Some(words), .. } => *words = deidentified(words, names),
        _ => {}
    }
    event
}
