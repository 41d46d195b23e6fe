//! The policy: one table, printed as `policy.snap` and reviewed like prose.

use super::{Permission, Role, Scope};

/// What everybody who can sign in may do, whatever they were granted. It is also all that is left
/// to them while their password has to be changed.
pub const OWN_ACCOUNT: [Permission; 3] =
    [Permission::SignIn, Permission::ProfileRead, Permission::ProfileWrite];

/// What whoever stands in for somebody may do in their place: look after their actions, and know whom these
/// are about. Everything else stays with the person.
pub const DELEGATED: [Permission; 4] = [
    Permission::ActionRead,
    Permission::ActionWork,
    Permission::ActionApprove,
    Permission::PatientIdentify,
];

/// Whether this role works on actions of others: such work can be handed over, and be taken over.
pub fn looks_after(role: Role) -> bool {
    policy(role, Permission::ActionWork).is_some_and(|scope| scope != Scope::Own)
}

/// How far a role's permission reaches; `None` is no.
pub const fn policy(role: Role, permission: Permission) -> Option<Scope> {
    use Permission as P;
    use Role as R;
    match (permission, role) {
        (P::SignIn | P::ProfileRead | P::ProfileWrite, _) => Some(Scope::Own),
        // What only sources, patients and the clockwork do is no person's right.
        (
            P::EventSend
            | P::EventProcess
            | P::SurveyAnswer
            | P::SurveyPosterRead
            | P::NotificationDeliver
            | P::ActionEscalate
            | P::ImportRun
            | P::SystemSetUp,
            _,
        ) => None,
        (_, R::PxAdmin) => Some(Scope::All),
        (_, R::HospitalAdmin) => Some(Scope::Hospital),
        (P::ActionRead | P::ActionWork | P::PatientIdentify, R::PxCoordinator) => {
            Some(Scope::Hospital)
        }
        (P::PatientRead | P::PatientWrite, R::PxCoordinator) => Some(Scope::Hospital),
        (P::PatientRead, R::DepartmentManager | R::Nurse) => Some(Scope::DepartmentSubtree),
        (P::PatientRead, R::Physician) => Some(Scope::Own),
        // Who needs a patient's identity has it; who may need it one day says why.
        (P::PatientBreakGlass, R::Nurse) => Some(Scope::DepartmentSubtree),
        (P::PatientBreakGlass, R::Physician) => Some(Scope::Own),
        // Everybody finds the places that they work in.
        (P::HospitalRead, _) => Some(Scope::Hospital),
        (P::DepartmentRead, R::PxCoordinator) => Some(Scope::Hospital),
        (P::DepartmentRead, _) => Some(Scope::DepartmentSubtree),
        (P::PhysicianRead | P::EmployeeRead, R::PxCoordinator) => Some(Scope::Hospital),
        (P::PhysicianRead | P::EmployeeRead | P::UserRead, R::DepartmentManager) => {
            Some(Scope::DepartmentSubtree)
        }
        (P::EmployeeWrite, R::DepartmentManager) => Some(Scope::DepartmentSubtree),
        (P::PhysicianRead, R::Nurse) => Some(Scope::DepartmentSubtree),
        (P::PhysicianRead, R::Physician) => Some(Scope::Own),
        (P::EmployeeRead, R::Physician | R::Nurse | R::Staff) => Some(Scope::Own),
        (P::DashboardRead, R::PxCoordinator | R::Viewer) => Some(Scope::Hospital),
        (P::JourneyRead | P::SurveyRead | P::NotificationRead, R::PxCoordinator | R::Viewer) => {
            Some(Scope::Hospital)
        }
        (P::SurveyEnter | P::SurveyPosterWrite, R::PxCoordinator) => Some(Scope::Hospital),
        (P::SurveyEnter, R::DepartmentManager) => Some(Scope::DepartmentSubtree),
        // A view shows nobody more than they may see, so that managers may offer theirs to all.
        (P::ViewShare, R::PxCoordinator | R::DepartmentManager) => Some(Scope::Hospital),
        (
            P::ActionRead
            | P::ActionWork
            | P::ActionApprove
            | P::PatientIdentify
            | P::DashboardRead
            | P::SurveyRead
            | P::RoleGrant,
            R::DepartmentManager,
        ) => Some(Scope::DepartmentSubtree),
        (P::ActionRead, R::Nurse) => Some(Scope::DepartmentSubtree),
        (P::ActionRead | P::ActionWork, R::Physician | R::Staff) => Some(Scope::Own),
        (P::ActionWork, R::Nurse) => Some(Scope::Own),
        _ => None,
    }
}

/// Every permission that one of these roles holds somewhere.
pub fn permissions_of(roles: &[Role]) -> Vec<Permission> {
    Permission::ALL
        .iter()
        .copied()
        .filter(|permission| roles.iter().any(|role| policy(*role, *permission).is_some()))
        .collect()
}

/// The whole table in words: a line for each permission, a column for each role.
pub fn policy_table() -> String {
    let mut lines = vec![format!(
        "{:<22} {}",
        "",
        Role::ALL.iter().map(|role| format!("{:<20}", role.as_str())).collect::<String>()
    )];
    for permission in Permission::ALL {
        let cells = Role::ALL
            .iter()
            .map(|role| {
                format!(
                    "{:<20}",
                    match policy(*role, *permission) {
                        None => "·".to_owned(),
                        Some(scope) => format!("✔ {scope:?}"),
                    }
                )
            })
            .collect::<String>();
        lines.push(format!("{:<22} {}", permission.as_str(), cells).trim_end().to_owned());
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_is_the_reviewed_one() {
        insta::with_settings!({ snapshot_path => ".", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!("policy", policy_table());
        });
    }

    #[test]
    fn a_px_admin_reaches_whatever_any_other_person_reaches() {
        for permission in Permission::ALL {
            let somebody = Role::ALL.iter().any(|role| policy(*role, *permission).is_some());
            assert_eq!(somebody, policy(Role::PxAdmin, *permission).is_some(), "{permission}");
        }
    }

    #[test]
    fn work_is_handed_over_by_and_to_whoever_looks_after_work_of_others() {
        use Role as R;
        let those = [R::PxAdmin, R::HospitalAdmin, R::DepartmentManager, R::PxCoordinator];
        for role in Role::ALL {
            assert_eq!(looks_after(*role), those.contains(role), "{role}");
        }
    }

    #[test]
    fn nobody_approves_without_the_right_to_read() {
        for role in Role::ALL {
            if policy(*role, Permission::ActionApprove).is_some() {
                assert!(policy(*role, Permission::ActionRead).is_some(), "{role}");
            }
        }
    }
}
