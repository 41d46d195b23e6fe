//! A patient's identity for whoever says why they need it.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::records::{
    BreakGlass, GLASS_NOTE_CHARS_MAX, GLASS_NOTE_CHARS_MIN, GLASS_OPEN, OpenGlass,
};
use serde_json::json;
use uuid::Uuid;

use super::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::records::merge::must_see;
use crate::records::write;

/// Shows the caller who a patient is, for half an hour from now. The purpose and the reason are kept in the
/// audit log, under the hospital that the caller serves.
///
/// # Errors
/// `NotFound` for a patient out of reach; `Forbidden` for whoever may not; `Invalid` on `note`.
pub async fn break_glass(ctx: &Ctx, patient: Uuid, cmd: BreakGlass) -> Result<OpenGlass> {
    let granted = ctx.require(Permission::PatientBreakGlass)?;
    let me = ctx.user_id().ok_or(Failure::Forbidden)?;
    let doc = must_see(ctx, &granted, patient).await?.doc;
    let note = checked(&cmd.note)?;
    let glass = OpenGlass { until: ctx.now() + GLASS_OPEN };
    let mut tx = ctx.begin(granted).await?;
    store::insert(&mut tx, me, patient, cmd.purpose, glass.until).await?;
    let entry = Entry::done("patient.glass_broken", "patient", patient)
        .with(json!({ "purpose": cmd.purpose, "note": note, "until": glass.until }));
    tx.record(write::at_readers(entry, ctx, patient, &doc));
    tx.commit().await?;
    Ok(glass)
}

/// The reason, trimmed.
fn checked(note: &str) -> Result<String, Failure> {
    let note = note.trim();
    match note.chars().count() {
        0 => Err(Failure::invalid("note", "required")),
        1..GLASS_NOTE_CHARS_MIN => Err(Failure::invalid("note", "too_short")),
        GLASS_NOTE_CHARS_MIN..=GLASS_NOTE_CHARS_MAX => Ok(note.to_owned()),
        _ => Err(Failure::invalid("note", "too_long")),
    }
}
