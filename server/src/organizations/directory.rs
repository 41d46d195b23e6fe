//! Codes to rows, for one batch of messages.

use std::collections::HashMap;

use px360_domain::ids::{DepartmentId, HospitalId, PhysicianId};

use super::store;
use crate::error::Result;
use crate::tx::Tx;

/// The departments and physicians that one batch of messages names.
#[derive(Debug, Default)]
pub struct Directory {
    pub(super) departments: HashMap<(HospitalId, String), DepartmentId>,
    pub(super) physicians: HashMap<String, PhysicianId>,
}

impl Directory {
    /// The department with this code in this hospital.
    pub fn department(&self, hospital_id: HospitalId, code: &str) -> Option<DepartmentId> {
        self.departments.get(&(hospital_id, code.to_owned())).copied()
    }

    /// The physician with this licence.
    pub fn physician(&self, licence: &str) -> Option<PhysicianId> {
        self.physicians.get(licence).copied()
    }
}

/// Looks up departments by hospital and code, and physicians by licence.
pub async fn directory_in(
    tx: &mut Tx,
    departments: Vec<(HospitalId, String)>,
    licences: Vec<String>,
) -> Result<Directory> {
    let (hospitals, codes): (Vec<_>, Vec<_>) = departments.into_iter().unzip();
    Ok(Directory {
        departments: store::departments(tx, &hospitals, &codes).await?,
        physicians: store::physicians(tx, &licences).await?,
    })
}
