//! Finds an action and asks whether this person may touch it.

use px360_domain::Failure;
use px360_domain::access::{Permission, Reach};
use px360_domain::actions::{ActionHead, ActionLogKind, machine};
use px360_domain::ids::{ActionId, DepartmentId, HospitalId, UserId};

use super::log::NewLogEntry;
use super::views::store;
use crate::audit::Entry;
use crate::ctx::{Ctx, Granted, StandIn};
use crate::error::Result;

/// An action's head with where it belongs.
pub(super) struct Found {
    pub(super) head: ActionHead,
    pub(super) hospital_id: HospitalId,
    pub(super) department_id: Option<DepartmentId>,
    /// In whose place its closing was asked for last.
    pub(super) asked_in_place_of: Option<UserId>,
}

impl Found {
    /// Whether these people may approve its closing or reject it: whoever does, and in whose place. Nobody for an
    /// owner, for whoever asked, or for whoever it was asked on behalf of.
    ///
    /// # Errors
    /// As [`machine::decide`].
    pub(super) fn decide(&self, people: impl IntoIterator<Item = UserId>) -> Result<(), Failure> {
        let ActionHead { status, owner_id, close_requested_by, .. } = self.head;
        for person in people {
            machine::decide(status, person, owner_id, close_requested_by)?;
            machine::decide(status, person, owner_id, self.asked_in_place_of)?;
        }
        Ok(())
    }
}

/// An action that the caller may touch.
pub(super) struct Open {
    pub(super) found: Found,
    /// Whom the caller stands in for when they touch it.
    pub(super) in_place_of: Option<StandIn>,
}

impl Open {
    /// An entry of the timeline of this kind.
    pub(super) fn log(&self, kind: ActionLogKind) -> NewLogEntry {
        let in_place_of = self.in_place_of.as_ref().map(|absent| absent.id);
        NewLogEntry { in_place_of, ..NewLogEntry::of(kind) }
    }

    /// The entry of the audit log, where it happened and in whose place.
    pub(super) fn entry(&self, entry: Entry) -> Entry {
        let entry = entry.in_hospital(self.found.hospital_id);
        match &self.in_place_of {
            Some(absent) => entry.on_behalf_of(&absent.username),
            None => entry,
        }
    }
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
) -> Result<(Granted, Open)> {
    let read = ctx.require(Permission::ActionRead)?;
    let found = store::find_head(ctx.read(&read), id).await?;
    let found = found.ok_or_else(|| Failure::not_found("action"))?;
    let granted = ctx.require(permission)?;
    if !covers(&granted, &found) {
        return Err(Failure::Forbidden.into());
    }
    let in_place_of = in_place_of(ctx, permission, &found).cloned();
    Ok((granted, Open { found, in_place_of }))
}

/// Whom the caller stands in for when they do this: whoever owns the action, where it is worked on, or
/// whoever reaches what they do not reach themselves.
pub(super) fn in_place_of<'a>(
    ctx: &'a Ctx,
    permission: Permission,
    found: &Found,
) -> Option<&'a StandIn> {
    let Found { head, hospital_id, department_id, .. } = found;
    let covers = |reach: Reach| reach.covers(*hospital_id, *department_id, head.owner_id);
    let reaches = |absent: &&StandIn| absent.reach(permission).is_some_and(covers);
    let owns = |absent: &&StandIn| head.owner_id == Some(absent.id);
    let mut absent = ctx.stands_in_for().iter().filter(reaches);
    if ctx.reach_alone(permission).is_some_and(covers) {
        // An approval is one's own where one may give it: nobody approves for an owner.
        return absent.find(owns).filter(|_| permission == Permission::ActionWork);
    }
    if permission == Permission::ActionApprove {
        // Of several, somebody in whose place it can be done.
        let several: Vec<&StandIn> = absent.collect();
        let free = several.iter().find(|absent| found.decide([absent.id]).is_ok());
        return free.or(several.first()).copied();
    }
    absent.next()
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
