//! Who gets a new action: the default rule, until hospitals write their own.

use px360_domain::access::Role;
use px360_domain::actions::Severity;
use px360_domain::actions::escalation::{Rung, rung};
use px360_domain::ids::{DepartmentId, HospitalId, UserId};

use super::store;
use crate::error::Result;
use crate::tx::Tx;

/// The owner of a new action.
///
/// What is severe goes to the manager of the department (or of the nearest department above it);
/// the rest to the hospital's coordinator with the fewest live actions. Where nobody holds the
/// role, the next one up is asked; nobody at all leaves the action to whoever starts it.
pub(super) async fn owner(
    tx: &mut Tx,
    hospital_id: HospitalId,
    department_id: Option<DepartmentId>,
    severity: Severity,
) -> Result<Option<UserId>> {
    let coordinator = store::least_loaded(tx, hospital_id, Role::PxCoordinator, &[]).await?;
    let manager = match department_id {
        Some(department) => store::department_manager(tx, department, &[]).await?,
        None => None,
    };
    let (first, second) =
        if severity.needs_approval() { (manager, coordinator) } else { (coordinator, manager) };
    match first.or(second) {
        Some(owner) => Ok(Some(owner)),
        None => store::least_loaded(tx, hospital_id, Role::HospitalAdmin, &[]).await,
    }
}

/// Who stands at this level of the ladder, from 1; the next one up where nobody does.
pub(super) async fn ladder(
    tx: &mut Tx,
    hospital_id: HospitalId,
    department_id: Option<DepartmentId>,
    level: u8,
) -> Result<Option<UserId>> {
    for step in level.. {
        let found = match (rung(step), department_id) {
            (None, _) => return Ok(None),
            (Some(Rung::DepartmentManager), Some(department)) => {
                store::department_manager(tx, department, &[]).await?
            }
            (Some(Rung::DepartmentManager), None) => None,
            (Some(Rung::HospitalAdmin), _) => {
                store::least_loaded(tx, hospital_id, Role::HospitalAdmin, &[]).await?
            }
            (Some(Rung::PxAdmin), _) => {
                store::least_loaded(tx, hospital_id, Role::PxAdmin, &[]).await?
            }
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Who is asked to approve: the nearest manager of the department, then a hospital admin, then a PX
/// admin; none of `not_them`.
pub(super) async fn approver(
    tx: &mut Tx,
    hospital_id: HospitalId,
    department_id: Option<DepartmentId>,
    not_them: &[UserId],
) -> Result<Option<UserId>> {
    if let Some(department) = department_id
        && let Some(manager) = store::department_manager(tx, department, not_them).await?
    {
        return Ok(Some(manager));
    }
    match store::least_loaded(tx, hospital_id, Role::HospitalAdmin, not_them).await? {
        Some(admin) => Ok(Some(admin)),
        None => store::least_loaded(tx, hospital_id, Role::PxAdmin, not_them).await,
    }
}
