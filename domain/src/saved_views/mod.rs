//! Saved views: lists with their filters, order and columns, kept under a name.
//!
//! A view holds no rows: whoever opens a shared one sees what their own rights reach. Keeping and
//! sharing is in `px360-server`'s `saved_views`; what a list can be filtered by, in its own module.

mod contract;
mod rules;

pub use contract::*;
pub use rules::check_view;

use crate::access::Permission;
use crate::records::RecordKind;

closed_enum! {
    /// A list that views can be saved of.
    pub enum ListName {
        /// The action center.
        Actions => "actions",
        /// Hospitals.
        Hospitals => "hospitals",
        /// Departments.
        Departments => "departments",
        /// Physicians.
        Physicians => "physicians",
        /// Employees.
        Employees => "employees",
        /// Patients.
        Patients => "patients",
        /// Users.
        Users => "users",
    }
}

impl ListName {
    /// The list of a kind of records.
    pub const fn of_records(kind: RecordKind) -> Self {
        match kind {
            RecordKind::Hospital => Self::Hospitals,
            RecordKind::Department => Self::Departments,
            RecordKind::Physician => Self::Physicians,
            RecordKind::Employee => Self::Employees,
            RecordKind::Patient => Self::Patients,
            RecordKind::User => Self::Users,
        }
    }

    /// What one needs to read the list.
    pub const fn read(self) -> Permission {
        match self {
            Self::Actions => Permission::ActionRead,
            Self::Hospitals => RecordKind::Hospital.read(),
            Self::Departments => RecordKind::Department.read(),
            Self::Physicians => RecordKind::Physician.read(),
            Self::Employees => RecordKind::Employee.read(),
            Self::Patients => RecordKind::Patient.read(),
            Self::Users => RecordKind::User.read(),
        }
    }
}

closed_enum! {
    /// Who finds a view beside the list.
    pub enum Audience {
        /// Whoever saved it.
        Personal => "personal",
        /// Everybody in a hospital, or in the group.
        Team => "team",
        /// Everybody with one role there.
        Role => "role",
    }
}
