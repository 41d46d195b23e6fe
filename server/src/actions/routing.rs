//! Who gets a new action: the default rule, until hospitals write their own.

use px360_domain::access::Role;
use px360_domain::actions::escalation::{Rung, rung};
use px360_domain::actions::{ActionOwner, Severity};
use px360_domain::ids::{DepartmentId, HospitalId, UserId};

use super::store;
use crate::accounts::{Presence, presence_in};
use crate::error::Result;
use crate::tx::Tx;

/// Somebody who is asked for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Addressee {
    pub(super) user: UserId,
    /// Whose turn it would be, were they not away.
    pub(super) in_place_of: Option<UserId>,
}

/// Where an action belongs.
#[derive(Clone, Copy)]
pub(super) struct At {
    pub(super) hospital_id: HospitalId,
    pub(super) department_id: Option<DepartmentId>,
}

/// A post that somebody holds.
#[derive(Clone, Copy)]
enum Post {
    /// The manager of the department, or of the nearest one above it.
    Manager,
    /// Whoever of this role has the fewest live actions.
    Holder(Role),
}

/// The owner of a new action.
///
/// Without a wish, what is severe goes to the manager of the department (or of the nearest department above it);
/// the rest to the hospital's coordinator with the fewest live actions. Where nobody holds the
/// post, the next one up is asked; nobody at all leaves the action to whoever starts it.
pub(super) async fn owner(
    tx: &mut Tx,
    at: At,
    severity: Severity,
    wish: ActionOwner,
) -> Result<Option<Addressee>> {
    let coordinator = Post::Holder(Role::PxCoordinator);
    let admin = Post::Holder(Role::HospitalAdmin);
    let posts = match wish {
        ActionOwner::BySeverity if severity.needs_approval() => [Post::Manager, coordinator, admin],
        ActionOwner::DepartmentManager => [Post::Manager, coordinator, admin],
        ActionOwner::HospitalAdmin => [admin, Post::Manager, coordinator],
        ActionOwner::BySeverity | ActionOwner::PxCoordinator => [coordinator, Post::Manager, admin],
    };
    first_there(tx, at, &posts, &[]).await
}

/// Who stands at this level of the ladder, from 1; the next one up where nobody does.
pub(super) async fn ladder(tx: &mut Tx, at: At, level: u8) -> Result<Option<Addressee>> {
    let posts: Vec<Post> = (level..).map_while(rung).map(post_of).collect();
    first_there(tx, at, &posts, &[]).await
}

/// Who is asked to approve: the nearest manager of the department, then a hospital admin, then a PX
/// admin; none of `not_them`.
pub(super) async fn approver(
    tx: &mut Tx,
    at: At,
    not_them: &[UserId],
) -> Result<Option<Addressee>> {
    let posts = [Post::Manager, Post::Holder(Role::HospitalAdmin), Post::Holder(Role::PxAdmin)];
    first_there(tx, at, &posts, not_them).await
}

fn post_of(rung: Rung) -> Post {
    match rung {
        Rung::DepartmentManager => Post::Manager,
        Rung::HospitalAdmin => Post::Holder(Role::HospitalAdmin),
        Rung::PxAdmin => Post::Holder(Role::PxAdmin),
    }
}

/// The first of these posts that somebody holds who is there, or has a deputy who is. Where all are away, the
/// first of them: better late than nobody.
async fn first_there(
    tx: &mut Tx,
    at: At,
    posts: &[Post],
    not_them: &[UserId],
) -> Result<Option<Addressee>> {
    let mut away = None;
    for post in posts {
        let mut passed = not_them.to_vec();
        while let Some(user) = find(tx, at, *post, &passed).await? {
            match presence_in(tx, user).await? {
                Presence::Here => return Ok(Some(Addressee { user, in_place_of: None })),
                Presence::Deputy(deputy) if !not_them.contains(&deputy) => {
                    return Ok(Some(Addressee { user: deputy, in_place_of: Some(user) }));
                }
                Presence::Deputy(_) | Presence::Away => {
                    away = away.or(Some(Addressee { user, in_place_of: None }));
                    passed.push(user);
                }
            }
        }
    }
    Ok(away)
}

async fn find(tx: &mut Tx, at: At, post: Post, not_them: &[UserId]) -> Result<Option<UserId>> {
    match (post, at.department_id) {
        (Post::Manager, Some(department)) => {
            store::department_manager(tx, department, not_them).await
        }
        (Post::Manager, None) => Ok(None),
        (Post::Holder(role), _) => store::least_loaded(tx, at.hospital_id, role, not_them).await,
    }
}
