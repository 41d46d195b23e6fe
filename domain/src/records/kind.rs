//! The kinds of records.

use super::{Field, kinds};
use crate::access::Permission;
use crate::{FileFormat, Locale, paths};

closed_enum! {
    /// A kind of record.
    pub enum RecordKind {
        /// A hospital: the tenant of almost every row.
        Hospital => "hospital",
        /// A department of a hospital, below another one or not.
        Department => "department",
        /// Somebody with a licence of the Saudi Commission for Health Specialties.
        Physician => "physician",
        /// Somebody who works in a hospital.
        Employee => "employee",
        /// A patient.
        Patient => "patient",
        /// Somebody who signs in.
        User => "user",
    }
}

impl RecordKind {
    /// Its word for several, as addresses have it: `hospitals`.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Hospital => "hospitals",
            Self::Department => "departments",
            Self::Physician => "physicians",
            Self::Employee => "employees",
            Self::Patient => "patients",
            Self::User => "users",
        }
    }

    /// The kind whose word for several this is.
    pub fn of_plural(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.plural() == word)
    }

    /// The address of its REST door.
    pub const fn api_path(self) -> &'static str {
        match self {
            Self::Hospital => "/api/organizations/hospitals/",
            Self::Department => "/api/organizations/departments/",
            Self::Physician => "/api/organizations/physicians/",
            Self::Employee => "/api/organizations/employees/",
            Self::Patient => "/api/organizations/patients/",
            Self::User => "/api/auth/users/",
        }
    }

    /// The address of its list as a file, beside its REST door.
    pub fn file_path(self, format: FileFormat) -> String {
        format!("{}.{format}", self.api_path().trim_end_matches('/'))
    }

    /// What one needs to see records of this kind.
    pub const fn read(self) -> Permission {
        match self {
            Self::Hospital => Permission::HospitalRead,
            Self::Department => Permission::DepartmentRead,
            Self::Physician => Permission::PhysicianRead,
            Self::Employee => Permission::EmployeeRead,
            Self::Patient => Permission::PatientRead,
            Self::User => Permission::UserRead,
        }
    }

    /// What one needs to make, change and remove them.
    pub const fn write(self) -> Permission {
        match self {
            Self::Hospital => Permission::HospitalWrite,
            Self::Department => Permission::DepartmentWrite,
            Self::Physician => Permission::PhysicianWrite,
            Self::Employee => Permission::EmployeeWrite,
            Self::Patient => Permission::PatientWrite,
            Self::User => Permission::UserWrite,
        }
    }

    /// What is known of one, in the order in which forms ask for it.
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Hospital => kinds::HOSPITAL,
            Self::Department => kinds::DEPARTMENT,
            Self::Physician => kinds::PHYSICIAN,
            Self::Employee => kinds::EMPLOYEE,
            Self::Patient => kinds::PATIENT,
            Self::User => kinds::USER,
        }
    }

    /// The address of its list as a page: `/ar/records/hospitals`.
    pub fn page(self, locale: Locale) -> String {
        format!("{}/{}", paths::records(locale), self.plural())
    }

    /// The field of this name.
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.name == name)
    }
}
