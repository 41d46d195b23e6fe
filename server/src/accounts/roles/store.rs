//! The rows of roles and of who holds them.

use px360_domain::access::Role;
use px360_domain::accounts::Grant;
use px360_domain::ids::{DepartmentId, HospitalId, UserId};
use px360_domain::{Bilingual, Failure};

use crate::db::OnConstraint as _;
use crate::error::Result;
use crate::tx::{Reader, Tx};

/// The roles and what they are called, the highest first.
pub(super) async fn list(read: Reader<'_>) -> Result<Vec<(Role, Bilingual)>> {
    let rows = sqlx::query!(
        r#"select role as "role: Role", name_ar, name_en from roles order by level desc"#
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    let roles = rows.into_iter().map(|row| (row.role, Bilingual::new(row.name_ar, row.name_en)));
    Ok(roles.collect())
}

pub(super) async fn hospital_of(
    read: Reader<'_>,
    department: DepartmentId,
) -> Result<Option<HospitalId>> {
    Ok(sqlx::query_scalar!(
        r#"select hospital_id as "hospital_id: HospitalId" from departments where id = $1"#,
        department as DepartmentId,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?)
}

/// False when it is held already.
pub(super) async fn insert_grant(tx: &mut Tx, user_id: UserId, grant: &Grant) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "insert into role_grants (user_id, role, hospital_id, department_id, granted_at)
         values ($1, $2, $3, $4, $5)
         on conflict on constraint role_grants_key do nothing",
        user_id as UserId,
        grant.role as Role,
        grant.hospital_id as Option<HospitalId>,
        grant.department_id as Option<DepartmentId>,
        now,
    )
    .execute(tx.db())
    .await
    .on_constraint(
        "role_grants_hospital_fkey",
        Failure::invalid("hospital_id", "unknown_hospital"),
    )?;
    Ok(done.rows_affected() == 1)
}

/// False when there is no such grant. One that names only its department is also found by its
/// hospital.
pub(super) async fn delete_grant(tx: &mut Tx, user_id: UserId, grant: &Grant) -> Result<bool> {
    let done = sqlx::query!(
        "delete from role_grants
         where user_id = $1 and role = $2 and department_id is not distinct from $4
           and (hospital_id is not distinct from $3
                or hospital_id is null and department_id is not null)",
        user_id as UserId,
        grant.role as Role,
        grant.hospital_id as Option<HospitalId>,
        grant.department_id as Option<DepartmentId>,
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Somebody's roles as they were given, each with the name of its place. A department comes with its
/// hospital.
pub(super) async fn list_of_user(
    read: Reader<'_>,
    id: UserId,
) -> Result<Vec<(Grant, Option<Bilingual>)>> {
    let rows = sqlx::query!(
        r#"select given.role as "role: Role",
                  coalesce(given.hospital_id, department.hospital_id) as "hospital_id: HospitalId",
                  given.department_id as "department_id: DepartmentId",
                  coalesce(department.name_ar, hospital.name_ar) as name_ar,
                  coalesce(department.name_en, hospital.name_en) as name_en
           from role_grants as given
           left join departments as department on department.id = given.department_id
           left join hospitals as hospital on hospital.id = given.hospital_id
           where given.user_id = $1
           order by given.granted_at, given.role, given.hospital_id, given.department_id"#,
        id as UserId,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    let named = rows.into_iter().map(|row| {
        let place = row.name_ar.map(|ar| Bilingual::new(ar, row.name_en.unwrap_or_default()));
        let (hospital_id, department_id) = (row.hospital_id, row.department_id);
        (Grant { role: row.role, hospital_id, department_id }, place)
    });
    Ok(named.collect())
}

/// Held until the commit. Not `for update`: grants refer to this row and need not wait.
pub(super) async fn lock_px_admin(tx: &mut Tx) -> Result<()> {
    sqlx::query_scalar!(
        "select role from roles where role = $1 for no key update",
        Role::PxAdmin as Role
    )
    .fetch_optional(tx.db())
    .await?;
    Ok(())
}

/// The active PX Admins; more than two are not counted.
pub(super) async fn active_px_admins(tx: &mut Tx) -> Result<Vec<UserId>> {
    Ok(sqlx::query_scalar!(
        r#"select u.id as "id: UserId"
           from users u
           where active and exists (select from role_grants g where g.user_id = u.id and role = $1)
           limit 2"#,
        Role::PxAdmin as Role,
    )
    .fetch_all(tx.db())
    .await?)
}
