//! What crosses the wire about accounts.

use serde::{Deserialize, Serialize};

use super::StandingIn;
use crate::access::{Permission, Place, Role, Scope};
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

/// The roles of somebody else, and what the reader may do about them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserRoles {
    /// The roles, as they were given.
    pub items: Vec<UserRole>,
    /// The roles that the reader could give at one place or another, the highest first.
    pub may_give: Vec<Role>,
    /// Whether the reader may reset the password and the second factor.
    pub may_secure: bool,
}

/// One role of somebody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserRole {
    /// The role and its place.
    pub grant: Grant,
    /// What the place is called; none for the whole group.
    pub place: Option<Bilingual>,
    /// Whether the reader may take it away.
    pub may_revoke: bool,
}

impl Grant {
    /// Where the role holds.
    pub fn place(&self) -> Place {
        Place { hospital_id: self.hospital_id, department_id: self.department_id }
    }
}

/// A role, with what it allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleCard {
    /// The role.
    pub role: Role,
    /// Nobody grants a role at or above their own level.
    pub level: u8,
    /// What it is called.
    pub name: Bilingual,
    /// What it allows, and how far.
    pub permissions: Vec<PermissionCard>,
}

/// Something that a role allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PermissionCard {
    /// What.
    pub permission: Permission,
    /// How far.
    pub scope: Scope,
}

/// Every role, the highest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleList {
    /// The roles.
    pub items: Vec<RoleCard>,
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
    /// Whether the password was reset: then only a new one can be chosen.
    pub must_change_password: bool,
    /// Whom the person stands in for today.
    pub stands_in_for: Vec<StandingIn>,
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
