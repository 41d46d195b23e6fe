//! Finds an action and asks whether this person may touch it.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::actions::ActionHead;
use px360_domain::ids::{ActionId, DepartmentId, HospitalId};

use super::views::store;
use crate::ctx::{Ctx, Granted};
use crate::error::Result;

/// An action's head with where it belongs.
pub(super) struct Found {
    pub(super) head: ActionHead,
    pub(super) hospital_id: HospitalId,
    pub(super) department_id: Option<DepartmentId>,
}

/// The action, if the caller may do this with it.
///
/// # Errors
/// `NotFound` when the caller may not know that it exists, `Forbidden` when they may see but not
/// act.
pub(super) async fn action(
    ctx: &Ctx,
    id: ActionId,
    permission: Permission,
) -> Result<(Granted, Found)> {
    let read = ctx.require(Permission::ActionRead)?;
    let found = store::find_head(ctx.read(&read), id).await?;
    let found = found.ok_or_else(|| Failure::not_found("action"))?;
    let granted = ctx.require(permission)?;
    if covers(&granted, &found) { Ok((granted, found)) } else { Err(Failure::Forbidden.into()) }
}

/// Whether a permission reaches this action.
pub(super) fn covers(granted: &Granted, found: &Found) -> bool {
    granted.reach().covers(found.hospital_id, found.department_id, found.head.owner_id)
}

/// Refuses a change that was made from an old page.
pub(super) fn check_version(found: &Found, version: i32) -> Result<()> {
    if found.head.version == version {
        Ok(())
    } else {
        Err(Failure::conflict("stale_version").into())
    }
}

/// The text, trimmed, if it is neither empty nor too long.
pub(super) fn check_text(field: &str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Failure::invalid(field, "required").into());
    }
    if text.chars().count() > px360_domain::actions::NOTE_CHARS_MAX {
        return Err(Failure::invalid(field, "too_long").into());
    }
    // Postgres stores no NUL.
    Ok(text.replace('\0', "\u{fffd}"))
}
