//! The closed words about people, as people read them.

use px360_domain::Locale;
use px360_domain::access::{Permission, Role, Scope};

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

/// What a permission allows, for people who may hold it. What only the clockwork, sources and patients do
/// has no words here.
pub(crate) fn permission_word(locale: Locale, permission: Permission) -> Option<&'static str> {
    Some(match permission {
        Permission::ActionRead => text!(locale, account.may_action_read),
        Permission::ActionWork => text!(locale, account.may_action_work),
        Permission::ActionApprove => text!(locale, account.may_action_approve),
        Permission::PatientIdentify => text!(locale, account.may_patient_identify),
        Permission::PatientBreakGlass => text!(locale, account.may_patient_break_glass),
        Permission::DashboardRead => text!(locale, account.may_dashboard_read),
        Permission::EventRead => text!(locale, account.may_event_read),
        Permission::MappingWrite => text!(locale, account.may_mapping_write),
        Permission::EventReplay => text!(locale, account.may_event_replay),
        Permission::SourceRead => text!(locale, account.may_source_read),
        Permission::SourceWrite => text!(locale, account.may_source_write),
        Permission::JourneyRead => text!(locale, account.may_journey_read),
        Permission::JourneyTemplateWrite => text!(locale, account.may_journey_template_write),
        Permission::SurveyEnter => text!(locale, account.may_survey_enter),
        Permission::FatigueRuleWrite => text!(locale, account.may_fatigue_rule_write),
        Permission::DeliveryPause => text!(locale, account.may_delivery_pause),
        Permission::NotificationRead => text!(locale, account.may_notification_read),
        Permission::SurveyPosterWrite => text!(locale, account.may_survey_poster_write),
        Permission::SurveyRead => text!(locale, account.may_survey_read),
        Permission::SurveyTemplateWrite => text!(locale, account.may_survey_template_write),
        Permission::SignIn => text!(locale, account.may_sign_in),
        Permission::AuditRead => text!(locale, account.may_audit_read),
        Permission::ViewShare => text!(locale, account.may_view_share),
        Permission::HospitalRead => text!(locale, account.may_hospital_read),
        Permission::HospitalWrite => text!(locale, account.may_hospital_write),
        Permission::DepartmentRead => text!(locale, account.may_department_read),
        Permission::DepartmentWrite => text!(locale, account.may_department_write),
        Permission::PhysicianRead => text!(locale, account.may_physician_read),
        Permission::PhysicianWrite => text!(locale, account.may_physician_write),
        Permission::EmployeeRead => text!(locale, account.may_employee_read),
        Permission::EmployeeWrite => text!(locale, account.may_employee_write),
        Permission::PatientRead => text!(locale, account.may_patient_read),
        Permission::PatientWrite => text!(locale, account.may_patient_write),
        Permission::UserRead => text!(locale, account.may_user_read),
        Permission::UserWrite => text!(locale, account.may_user_write),
        Permission::ProfileRead => text!(locale, account.may_profile_read),
        Permission::ProfileWrite => text!(locale, account.may_profile_write),
        Permission::RoleGrant => text!(locale, account.may_role_grant),
        Permission::UserSecure => text!(locale, account.may_user_secure),
        Permission::ActionEscalate
        | Permission::EventSend
        | Permission::EventProcess
        | Permission::ImportRun
        | Permission::SurveyAnswer
        | Permission::SurveyPosterRead
        | Permission::NotificationDeliver
        | Permission::SystemSetUp => return None,
    })
}

/// How far a permission reaches.
pub(crate) fn scope_word(locale: Locale, scope: Scope) -> &'static str {
    match scope {
        Scope::Own => text!(locale, account.scope_own),
        Scope::DepartmentSubtree => text!(locale, account.scope_department_subtree),
        Scope::Hospital => text!(locale, account.scope_hospital),
        Scope::All => text!(locale, account.scope_all),
    }
}
