//! One action with everything about it.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::actions::{ActionDetail, ActionHead, ActionRights, ActionStatus, machine};
use px360_domain::ids::ActionId;

use super::gate::{Found, covers, in_place_of};
use super::views::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::dates::hijri;
use crate::error::Result;

/// One action with its timeline, answers, deadlines, and what the caller may do with it.
///
/// Showing a patient's identity is itself remembered in the audit log.
///
/// # Errors
/// `NotFound` outside the caller's reach.
pub async fn detail(ctx: &Ctx, id: ActionId) -> Result<ActionDetail> {
    let granted = ctx.require(Permission::ActionRead)?;
    let read = ctx.read(&granted);
    let not_found = || Failure::not_found("action");
    let row = store::find_detail(read, id).await?.ok_or_else(not_found)?;
    let found = row.found();
    let identify = ctx.may(Permission::PatientIdentify).filter(|granted| covers(granted, &found));
    if identify.is_some() {
        remember_view(ctx, &found).await?;
    }
    let timeline = store::timeline(read, id).await?;
    let repeats = store::repeats(read, id).await?;
    let rights = rights(ctx, &found);
    let due_hijri = row.due_at().map(hijri).transpose()?;
    row.into_detail(timeline, &repeats, rights, due_hijri, identify.as_ref(), ctx.now())
}

async fn remember_view(ctx: &Ctx, found: &Found) -> Result<()> {
    let mut tx = ctx.begin(ctx.require(Permission::PatientIdentify)?).await?;
    tx.record(
        Entry::done("patient.viewed", "action", found.head.id).in_hospital(found.hospital_id),
    );
    tx.commit().await
}

fn rights(ctx: &Ctx, found: &Found) -> ActionRights {
    let may = |permission| ctx.may(permission).is_some_and(|granted| covers(&granted, found));
    let works = may(Permission::ActionWork);
    let ActionHead { status, .. } = found.head;
    let decides = may(Permission::ActionApprove) && status == ActionStatus::PendingApproval;
    let absent = in_place_of(ctx, Permission::ActionApprove, found).map(|absent| absent.id);
    let may_decide = decides && found.decide(ctx.user_id().into_iter().chain(absent)).is_ok();
    ActionRights {
        start: works && machine::start(status).is_ok(),
        close: works && status == ActionStatus::InProgress,
        decide: may_decide,
        four_eyes: decides && !may_decide,
        note: works,
    }
}
