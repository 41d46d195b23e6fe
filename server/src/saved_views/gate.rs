//! Finds a view and asks whether this person may change it.

use px360_domain::Failure;
use px360_domain::access::{Permission, Reach};
use px360_domain::ids::{HospitalId, SavedViewId, UserId};
use px360_domain::saved_views::{Audience, SaveView};

use super::store::{self, ViewHead};
use crate::ctx::{Ctx, Granted};
use crate::error::Result;

/// The person who asks; views belong to people.
pub(super) fn person(ctx: &Ctx) -> Result<UserId> {
    ctx.user_id().ok_or_else(|| Failure::Forbidden.into())
}

/// Whether what one may share reaches everybody that this hospital means; none means the group.
pub(super) fn reaches(share: &Granted, hospital_id: Option<HospitalId>) -> bool {
    let reach = share.reach();
    reach.all || hospital_id.is_some_and(|id| reach.hospitals.contains(&id))
}

/// The permission to keep this view: to read its list, and to share where it is shared.
pub(super) fn may_keep(ctx: &Ctx, view: &SaveView) -> Result<Granted> {
    let granted = ctx.require(view.look.list().read())?;
    if view.audience == Audience::Personal {
        return Ok(granted);
    }
    let share = ctx.require(Permission::ViewShare)?;
    if reaches(&share, view.hospital_id) { Ok(granted) } else { Err(Failure::Forbidden.into()) }
}

/// A view that the caller may change: their own, or one that was shared where they may share. Also
/// one that was removed.
///
/// # Errors
/// `NotFound` when they cannot find it, `Forbidden` when they can and it is somebody else's.
pub(super) async fn to_change(ctx: &Ctx, id: SavedViewId) -> Result<(Granted, ViewHead)> {
    let head = to_see(ctx, id).await?;
    let granted = ctx.require(head.list.read())?;
    if head.owner_id == person(ctx)? {
        return Ok((granted, head));
    }
    let share = ctx.require(Permission::ViewShare)?;
    let mine = head.audience != Audience::Personal && reaches(&share, head.hospital_id);
    if mine { Ok((granted, head)) } else { Err(Failure::Forbidden.into()) }
}

/// A view of a list that the caller may read, found by them or shared where they may share.
pub(super) async fn to_see(ctx: &Ctx, id: SavedViewId) -> Result<ViewHead> {
    // Which list it is of is not known yet; every one of them belongs to whoever may read it.
    let granted = ctx.require(Permission::ProfileRead)?;
    let share = shares(ctx);
    let head = store::find(ctx.read(&granted), id, person(ctx)?, &share).await?;
    let head = head.ok_or_else(|| Failure::not_found("saved_view"))?;
    ctx.require(head.list.read())?;
    Ok(head)
}

/// Where the caller may share; nowhere for most.
pub(super) fn shares(ctx: &Ctx) -> Reach {
    ctx.may(Permission::ViewShare).map(|share| share.reach().clone()).unwrap_or_default()
}
