//! How far a permission reaches.

use crate::ids::{DepartmentId, HospitalId, UserId};

closed_enum! {
    /// How far one role's permission reaches, as the policy table says it.
    pub enum Scope {
        /// Only what belongs to the person.
        Own => "own",
        /// The department of the grant and everything below it.
        DepartmentSubtree => "department_subtree",
        /// The hospital of the grant.
        Hospital => "hospital",
        /// Every hospital.
        All => "all",
    }
}

/// The places that one caller's permission reaches, summed over all grants: what SQL cuts lists by.
///
/// A row is within reach when `all`, or its hospital is listed, or its department is listed, or its
/// owner is `own`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Everything.
    pub all: bool,
    /// Whole hospitals.
    pub hospitals: Vec<HospitalId>,
    /// Departments, already with everything below them.
    pub departments: Vec<DepartmentId>,
    /// Rows that belong to this person.
    pub own: Option<UserId>,
}

impl Reach {
    /// Reaches everything.
    pub fn everything() -> Self {
        Self { all: true, ..Self::default() }
    }

    /// Whether nothing at all is reached.
    pub fn is_empty(&self) -> bool {
        !self.all && self.hospitals.is_empty() && self.departments.is_empty() && self.own.is_none()
    }

    /// Whether everything that another one reaches is reached, as far as their words tell.
    pub fn includes(&self, other: &Self) -> bool {
        let hospitals = other.hospitals.iter().all(|id| self.hospitals.contains(id));
        let departments = other.departments.iter().all(|id| self.departments.contains(id));
        let own = other.own.is_none() || other.own == self.own;
        self.all || (!other.all && hospitals && departments && own)
    }

    /// This and everything that another one reaches; own rows are only one's own.
    #[must_use]
    pub fn and_places_of(mut self, other: Self) -> Self {
        self.all |= other.all;
        for id in other.hospitals {
            if !self.hospitals.contains(&id) {
                self.hospitals.push(id);
            }
        }
        for id in other.departments {
            if !self.departments.contains(&id) {
                self.departments.push(id);
            }
        }
        self
    }

    /// The one hospital that is reached, where it is one.
    pub fn sole_hospital(&self) -> Option<HospitalId> {
        match self.hospitals.as_slice() {
            [hospital] if !self.all => Some(*hospital),
            _ => None,
        }
    }

    /// Whether a row of this hospital, department and owner is within reach.
    pub fn covers(
        &self,
        hospital: HospitalId,
        department: Option<DepartmentId>,
        owner: Option<UserId>,
    ) -> bool {
        self.all
            || self.hospitals.contains(&hospital)
            || department.is_some_and(|id| self.departments.contains(&id))
            || (self.own.is_some() && self.own == owner)
    }

    /// Whether what belongs to this hospital, or to the whole group, is within reach: the group's is for whoever reaches
    /// all of it.
    pub fn covers_owner(&self, owner: Option<HospitalId>) -> bool {
        match owner {
            None => self.all,
            Some(hospital) => self.covers(hospital, None, None),
        }
    }
}
