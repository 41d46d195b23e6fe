//! One record.

use px360_domain::Failure;
use px360_domain::records::{OpenGlass, PatientKin, RecordDetail, RecordKind};
use uuid::Uuid;

use super::record::Record;
use super::statements::Sight;
use super::{identity, merge, store, write};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// One record within the caller's reach. That a patient's identity was shown is remembered.
///
/// # Errors
/// `NotFound` also for what is out of reach; `Forbidden` for whoever may not see such records at all.
pub async fn find(ctx: &Ctx, kind: RecordKind, id: Uuid) -> Result<Record> {
    Ok(look(ctx, kind, id).await?.record)
}

/// The same for our own pages.
///
/// # Errors
/// As [`find`].
pub async fn detail(ctx: &Ctx, kind: RecordKind, id: Uuid) -> Result<RecordDetail> {
    let Look { record, is_masked, glass } = look(ctx, kind, id).await?;
    let may_write = match ctx.may(kind.write()) {
        Some(granted) => {
            let sight = Sight { reach: granted.reach(), identify: true };
            store::find(ctx.read(&granted), kind, sight, id).await?.is_some()
        }
        None => false,
    };
    let kin = match kind {
        RecordKind::Patient => merge::kin_silently(ctx, id).await?,
        _ => PatientKin::default(),
    };
    Ok(RecordDetail { record: record.view(kind), may_write, is_masked, glass, kin })
}

/// A record as one person sees it.
struct Look {
    record: Record,
    is_masked: bool,
    glass: Option<OpenGlass>,
}

async fn look(ctx: &Ctx, kind: RecordKind, id: Uuid) -> Result<Look> {
    let granted = ctx.require(kind.read())?;
    let identify = identity::of_one(ctx, kind, &granted, id).await?;
    let sight = Sight { reach: granted.reach(), identify: identify.is_some() };
    let row = store::find(ctx.read(&granted), kind, sight, id).await?;
    let row = row.ok_or_else(|| Failure::not_found(kind.as_str()))?;
    let record = Record::of(kind, row, identify.is_some());
    let (is_masked, glass) = (identify.is_none(), identify.as_ref().and_then(|it| it.glass));
    if let Some(identify) = identify.filter(|_| kind == RecordKind::Patient) {
        let entry = Entry::done("patient.viewed", "patient", id);
        let entry = identity::marked(Some(&identify), entry);
        let mut tx = ctx.begin(identify.granted).await?;
        tx.record(write::at_readers(entry, ctx, id, &record.doc));
        tx.commit().await?;
    }
    Ok(Look { record, is_masked, glass })
}
