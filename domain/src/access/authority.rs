//! Who may give what to whom.

use super::{Permission, Role, Scope, policy};
use crate::Failure;
use crate::ids::{DepartmentId, HospitalId};

/// One role of a person, with the department tree below it already walked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldGrant {
    /// The role.
    pub role: Role,
    /// The hospital it holds in; none means the whole group.
    pub hospital_id: Option<HospitalId>,
    /// The department it holds in.
    pub department_id: Option<DepartmentId>,
    /// That department and everything below it.
    pub subtree: Vec<DepartmentId>,
}

impl HeldGrant {
    /// Where the role holds.
    pub fn place(&self) -> Place {
        Place { hospital_id: self.hospital_id, department_id: self.department_id }
    }

    /// Whether this permission of the role reaches everything that a role at that place would reach.
    fn covers(&self, scope: Scope, place: Place) -> bool {
        let hospital = self.hospital_id.is_none_or(|hospital| place.hospital_id == Some(hospital));
        match scope {
            Scope::All => true,
            Scope::Hospital => hospital,
            Scope::DepartmentSubtree => {
                hospital
                    && self.department_id.is_none_or(|_| {
                        place.department_id.is_some_and(|below| self.subtree.contains(&below))
                    })
            }
            Scope::Own => false,
        }
    }
}

/// Where a role holds. A department comes with its hospital.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The hospital; none means the whole group.
    pub hospital_id: Option<HospitalId>,
    /// The department with all below it; none means the whole hospital.
    pub department_id: Option<DepartmentId>,
}

/// The highest level at which somebody holds a permission over a place; none is no.
pub fn level_at(held: &[HeldGrant], permission: Permission, place: Place) -> Option<u8> {
    held.iter()
        .filter(|grant| {
            policy(grant.role, permission).is_some_and(|scope| grant.covers(scope, place))
        })
        .map(|grant| grant.role.level())
        .max()
}

/// Whether somebody may give this role at this place, or take it away.
///
/// # Errors
/// `Forbidden` outside one's reach, for a role at or above one's own level there, and for one's own
/// grants. A PX Admin is above all that.
pub fn may_grant(by: &[HeldGrant], role: Role, place: Place, to_self: bool) -> Result<(), Failure> {
    match level_at(by, Permission::RoleGrant, place) {
        Some(level) if level >= Role::PxAdmin.level() => Ok(()),
        Some(level) if !to_self && role.level() < level => Ok(()),
        _ => Err(Failure::Forbidden),
    }
}

/// Whether somebody may reset the password or the second factor of whoever holds these roles.
///
/// Whoever resets a password could sign in with it. So *every* role of the other person has to be
/// one that could be given to them. That the person is within reach is asked before.
///
/// # Errors
/// `Forbidden` when one role is out of reach, or at or above one's own level there. A PX Admin is
/// above all that.
pub fn may_secure(by: &[HeldGrant], of: &[HeldGrant]) -> Result<(), Failure> {
    let group = Place { hospital_id: None, department_id: None };
    let level = |place| level_at(by, Permission::UserSecure, place);
    let above =
        |grant: &HeldGrant| level(grant.place()).is_some_and(|level| grant.role.level() < level);
    let top = level(group).is_some_and(|level| level >= Role::PxAdmin.level());
    if top || of.iter().all(above) { Ok(()) } else { Err(Failure::Forbidden) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RYD: u128 = 1;
    const JED: u128 = 2;
    const CARD: u128 = 11;
    const CATH: u128 = 12;
    const DERM: u128 = 13;

    fn hospital(id: u128) -> HospitalId {
        HospitalId(uuid::Uuid::from_u128(id))
    }

    fn department(id: u128) -> DepartmentId {
        DepartmentId(uuid::Uuid::from_u128(id))
    }

    fn group() -> Place {
        Place { hospital_id: None, department_id: None }
    }

    fn at(id: u128) -> Place {
        Place { hospital_id: Some(hospital(id)), department_id: None }
    }

    fn within(id: u128, of: u128) -> Place {
        Place { department_id: Some(department(id)), ..at(of) }
    }

    fn held(role: Role, place: Place) -> HeldGrant {
        let subtree = match place.department_id {
            // The catheter laboratory is below cardiology.
            Some(id) if id == department(CARD) => vec![id, department(CATH)],
            Some(id) => vec![id],
            None => Vec::new(),
        };
        let Place { hospital_id, department_id } = place;
        HeldGrant { role, hospital_id, department_id, subtree }
    }

    #[test]
    fn a_role_is_given_from_above_and_within_reach() {
        use Role as R;
        let (yes, no) = (true, false);
        for (by, role, place, expected) in [
            (held(R::PxAdmin, group()), R::PxAdmin, group(), yes),
            (held(R::PxAdmin, group()), R::HospitalAdmin, at(RYD), yes),
            (held(R::HospitalAdmin, at(RYD)), R::PxAdmin, group(), no),
            (held(R::HospitalAdmin, at(RYD)), R::PxAdmin, at(RYD), no),
            (held(R::HospitalAdmin, at(RYD)), R::HospitalAdmin, at(RYD), no),
            (held(R::HospitalAdmin, at(RYD)), R::DepartmentManager, at(RYD), yes),
            (held(R::HospitalAdmin, at(RYD)), R::DepartmentManager, within(CARD, RYD), yes),
            (held(R::HospitalAdmin, at(RYD)), R::Viewer, at(JED), no),
            (held(R::HospitalAdmin, at(RYD)), R::Viewer, group(), no),
            (held(R::HospitalAdmin, group()), R::Viewer, group(), yes),
            (held(R::DepartmentManager, within(CARD, RYD)), R::Nurse, within(CARD, RYD), yes),
            (held(R::DepartmentManager, within(CARD, RYD)), R::Nurse, within(CATH, RYD), yes),
            (held(R::DepartmentManager, within(CARD, RYD)), R::Nurse, within(DERM, RYD), no),
            (held(R::DepartmentManager, within(CARD, RYD)), R::Nurse, at(RYD), no),
            (
                held(R::DepartmentManager, within(CARD, RYD)),
                R::DepartmentManager,
                within(CATH, RYD),
                no,
            ),
            (held(R::DepartmentManager, at(RYD)), R::PxCoordinator, at(RYD), yes),
            (held(R::PxCoordinator, at(RYD)), R::Viewer, at(RYD), no),
            (held(R::Viewer, group()), R::Viewer, group(), no),
        ] {
            let given = may_grant(std::slice::from_ref(&by), role, place, false);
            assert_eq!(given.is_ok(), expected, "{by:?} gives {role} at {place:?}");
        }
    }

    #[test]
    fn a_high_level_elsewhere_is_no_level_here() {
        let by = [held(Role::HospitalAdmin, at(JED)), held(Role::DepartmentManager, at(RYD))];
        assert_eq!(level_at(&by, Permission::RoleGrant, at(RYD)), Some(60));
        assert!(may_grant(&by, Role::DepartmentManager, at(RYD), false).is_err());
        assert!(may_grant(&by, Role::DepartmentManager, at(JED), false).is_ok());
    }

    #[test]
    fn nobody_but_a_px_admin_touches_their_own_grants() {
        let by = [held(Role::HospitalAdmin, at(RYD))];
        assert!(may_grant(&by, Role::Viewer, at(RYD), true).is_err());
        let by = [held(Role::PxAdmin, group())];
        assert!(may_grant(&by, Role::Viewer, at(RYD), true).is_ok());
    }

    #[test]
    fn every_role_of_somebody_must_be_below_and_within_reach_to_reset_their_password() {
        use Role as R;
        let admin = [held(R::HospitalAdmin, at(RYD))];
        for (of, expected) in [
            (vec![held(R::Nurse, within(CARD, RYD))], true),
            (vec![held(R::DepartmentManager, at(RYD)), held(R::Staff, at(RYD))], true),
            (vec![held(R::Nurse, at(RYD)), held(R::Viewer, at(JED))], false),
            (vec![held(R::Nurse, at(RYD)), held(R::Viewer, group())], false),
            (vec![held(R::HospitalAdmin, at(RYD))], false),
            (vec![held(R::PxAdmin, group()), held(R::Staff, at(RYD))], false),
            (Vec::new(), true),
        ] {
            assert_eq!(may_secure(&admin, &of).is_ok(), expected, "{of:?}");
        }
        let top = [held(R::PxAdmin, group())];
        assert!(may_secure(&top, &[held(R::PxAdmin, group())]).is_ok());
        assert!(may_secure(&top, &[]).is_ok());
        let manager = [held(R::DepartmentManager, at(RYD))];
        assert!(may_secure(&manager, &[held(R::Viewer, at(RYD))]).is_err());
    }
}
