//! The eight roles, with their names.

use px360_domain::Bilingual;
use px360_domain::access::{Permission, Role};

use crate::accounts;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::tx::Tx;

/// Creates the roles that are missing and says how many were. Safe to run again.
///
/// # Errors
/// `Forbidden` for whoever is not the operator.
pub async fn create_default_roles(ctx: &Ctx) -> Result<usize> {
    let granted = ctx.require(Permission::SystemSetUp)?;
    let mut tx = ctx.begin(granted).await?;
    let created = ensure_in(&mut tx).await?;
    if created == 0 {
        tx.nothing_to_do().await?;
    } else {
        tx.commit().await?;
    }
    Ok(created)
}

/// The same inside the caller's unit of work.
pub(super) async fn ensure_in(tx: &mut Tx) -> Result<usize> {
    let mut created = 0;
    for role in Role::ALL {
        let (ar, en) = name(*role);
        created += usize::from(accounts::ensure_role_in(tx, *role, &Bilingual::new(ar, en)).await?);
    }
    Ok(created)
}

/// The names in the order Arabic, English. Rows that an administrator may edit, so they are data
/// here and not sentences of the pages.
const fn name(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::PxAdmin => ("مسؤول تجربة المريض", "PX Admin"),
        Role::HospitalAdmin => ("مسؤول المستشفى", "Hospital Admin"),
        Role::DepartmentManager => ("مدير القسم", "Department Manager"),
        Role::PxCoordinator => ("منسق تجربة المريض", "PX Coordinator"),
        Role::Physician => ("طبيب", "Physician"),
        Role::Nurse => ("تمريض", "Nurse"),
        Role::Staff => ("موظف", "Staff"),
        Role::Viewer => ("اطلاع فقط", "Viewer"),
    }
}
