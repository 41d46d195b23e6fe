//! The eight roles.

closed_enum! {
    /// A role; a person may hold several, their rights add up.
    pub enum Role {
        /// Everything in every hospital.
        PxAdmin => "px_admin",
        /// Everything in one hospital.
        HospitalAdmin => "hospital_admin",
        /// A department and what is below it.
        DepartmentManager => "department_manager",
        /// Works a hospital's complaints, actions and surveys.
        PxCoordinator => "px_coordinator",
        /// Sees own ratings and own patients' feedback without names.
        Physician => "physician",
        /// Sees own department's feedback.
        Nurse => "nurse",
        /// Files complaints, sees own cases.
        Staff => "staff",
        /// Reads aggregates of own hospital.
        Viewer => "viewer",
    }
}

impl Role {
    /// Nobody grants a role at or above their own.
    pub const fn level(self) -> u8 {
        match self {
            Self::PxAdmin => 100,
            Self::HospitalAdmin => 80,
            Self::DepartmentManager => 60,
            Self::PxCoordinator => 50,
            Self::Physician => 40,
            Self::Nurse => 30,
            Self::Staff => 20,
            Self::Viewer => 10,
        }
    }
}
