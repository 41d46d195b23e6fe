//! What crosses the wire about accounts.

use serde::{Deserialize, Serialize};

use crate::access::{Permission, Role};
use crate::ids::{DepartmentId, HospitalId, UserId};
use crate::{Bilingual, Locale};

/// One role of one person, and where it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The hospital it holds in; none means the whole group.
    pub hospital_id: Option<HospitalId>,
    /// The department it holds in, with all below it; none means the whole hospital.
    pub department_id: Option<DepartmentId>,
}

/// The signed-in person, as their own pages see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// Who.
    pub id: UserId,
    /// The name to sign in with.
    pub username: String,
    /// The name in both scripts.
    pub name: Bilingual,
    /// The preferred language.
    pub language: Locale,
    /// Every role and where it holds.
    pub grants: Vec<Grant>,
    /// What these roles allow at least somewhere: pages show what is in here. The server asks again.
    pub permissions: Vec<Permission>,
    /// The hospitals that the person may look at, for the scope switch.
    pub hospitals: Vec<HospitalName>,
}

impl Me {
    /// Whether this permission is held anywhere.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }
}

/// A hospital in a list of choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HospitalName {
    /// Which.
    pub id: HospitalId,
    /// Its code, for example `RYD`: what URLs carry.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
}
