//! The closed words about people, as people read them.

use px360_domain::Locale;
use px360_domain::access::Role;

/// What a role is called.
pub(crate) fn role_word(locale: Locale, role: Role) -> &'static str {
    match role {
        Role::PxAdmin => text!(locale, common.role_px_admin),
        Role::HospitalAdmin => text!(locale, common.role_hospital_admin),
        Role::DepartmentManager => text!(locale, common.role_department_manager),
        Role::PxCoordinator => text!(locale, common.role_px_coordinator),
        Role::Physician => text!(locale, common.role_physician),
        Role::Nurse => text!(locale, common.role_nurse),
        Role::Staff => text!(locale, common.role_staff),
        Role::Viewer => text!(locale, common.role_viewer),
    }
}
