//! The rows of physicians, employees and users.

use px360_domain::records::Use;
use serde_json::Value;
use uuid::Uuid;

use crate::records::write::used;
use crate::tx::Tx;

/// Keeps a new physician and where they work.
pub(in crate::records) async fn insert_physician(
    tx: &mut Tx,
    id: Uuid,
    doc: &Value,
) -> Result<(), sqlx::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into physicians
            (id, licence, licence_expires_on, name_ar, name_en, specialty_ar, specialty_en, user_id,
             active, version, created_at)
         select $1, new.licence, new.licence_expires_on, new.name_ar, new.name_en,
                new.specialty_ar, new.specialty_en, new.user_id, new.active, 1, $3
         from jsonb_populate_record(null::physicians, $2) as new",
        id,
        doc,
        now,
    )
    .execute(tx.db())
    .await?;
    insert_affiliations(tx, id, doc).await
}

/// False when the version is stale.
pub(in crate::records) async fn update_physician(
    tx: &mut Tx,
    id: Uuid,
    version: i64,
    doc: &Value,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update physicians as row
         set licence = new.licence, licence_expires_on = new.licence_expires_on,
             name_ar = new.name_ar, name_en = new.name_en, specialty_ar = new.specialty_ar,
             specialty_en = new.specialty_en, user_id = new.user_id, active = new.active,
             version = row.version + 1
         from jsonb_populate_record(null::physicians, $3) as new
         where row.id = $1 and row.version = $2 and row.deleted_at is null",
        id,
        version,
        doc,
    )
    .execute(tx.db())
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    // What stays is left alone: another hospital's places are not ours to write. The new ones first, because
    // whoever takes the last of their own away sees the rest no more.
    insert_affiliations(tx, id, doc).await?;
    sqlx::query!(
        "delete from physician_affiliations as works
         where physician_id = $1
           and not exists (
               select from jsonb_array_elements($2) as kept (item)
               where (item ->> 'hospital_id')::uuid = works.hospital_id
                 and (item ->> 'department_id')::uuid is not distinct from works.department_id
                 and (item ->> 'from_on')::date is not distinct from works.from_on
                 and (item ->> 'until_on')::date is not distinct from works.until_on)",
        id,
        doc["affiliations"],
    )
    .execute(tx.db())
    .await?;
    Ok(true)
}

async fn insert_affiliations(tx: &mut Tx, id: Uuid, doc: &Value) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into physician_affiliations
            (physician_id, hospital_id, department_id, from_on, until_on, place)
         select $1, (item ->> 'hospital_id')::uuid, (item ->> 'department_id')::uuid,
                (item ->> 'from_on')::date, (item ->> 'until_on')::date,
                place + coalesce((select max(works.place) from physician_affiliations as works
                                  where works.physician_id = $1), -1)
         from jsonb_array_elements($2) with ordinality as rows (item, place)
         where not exists (
             select from physician_affiliations as works
             where works.physician_id = $1
               and (item ->> 'hospital_id')::uuid = works.hospital_id
               and (item ->> 'department_id')::uuid is not distinct from works.department_id
               and (item ->> 'from_on')::date is not distinct from works.from_on
               and (item ->> 'until_on')::date is not distinct from works.until_on)",
        id,
        doc["affiliations"],
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// What still needs a physician.
pub(in crate::records) async fn uses_of_physician(
    tx: &mut Tx,
    id: Uuid,
) -> Result<Vec<Use>, sqlx::Error> {
    let reach = tx.reach().clone();
    let rows = sqlx::query!(
        r#"select by as "by!", count(*) as "count!"
           from ((select 'stage' as by from stages where physician_id = $1 limit 1000)
                 union all
                 (select 'survey' from surveys where physician_id = $1 limit 1000)
                 union all
                 -- Another hospital where the physician works.
                 select 'hospital' from physician_affiliations
                 where physician_id = $1 and not $2 and hospital_id <> all($3)) as uses
           group by by order by by"#,
        id,
        reach.all,
        &reach.hospitals as _,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(rows.into_iter().map(|row| used(row.by, row.count)).collect())
}

/// Keeps a new employee.
pub(in crate::records) async fn insert_employee(
    tx: &mut Tx,
    id: Uuid,
    doc: &Value,
) -> Result<(), sqlx::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into employees
            (id, hospital_id, number, name_ar, name_en, title_ar, title_en, department_id,
             manager_id, user_id, active, version, created_at)
         select $1, new.hospital_id, new.number, new.name_ar, new.name_en, new.title_ar,
                new.title_en, new.department_id, new.manager_id, new.user_id, new.active, 1, $3
         from jsonb_populate_record(null::employees, $2) as new",
        id,
        doc,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// False when the version is stale.
pub(in crate::records) async fn update_employee(
    tx: &mut Tx,
    id: Uuid,
    version: i64,
    doc: &Value,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update employees as row
         set hospital_id = new.hospital_id, number = new.number, name_ar = new.name_ar,
             name_en = new.name_en, title_ar = new.title_ar, title_en = new.title_en,
             department_id = new.department_id, manager_id = new.manager_id,
             user_id = new.user_id, active = new.active, version = row.version + 1
         from jsonb_populate_record(null::employees, $3) as new
         where row.id = $1 and row.version = $2 and row.deleted_at is null",
        id,
        version,
        doc,
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What still needs an employee.
pub(in crate::records) async fn uses_of_employee(
    tx: &mut Tx,
    id: Uuid,
) -> Result<Vec<Use>, sqlx::Error> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from employees
           where manager_id = $1 and deleted_at is null"#,
        id,
    )
    .fetch_one(tx.db())
    .await?;
    Ok((count > 0).then(|| used("employee".to_owned(), count)).into_iter().collect())
}

/// Adds to a new user what accounts do not ask for.
pub(in crate::records) async fn complete_user(
    tx: &mut Tx,
    id: Uuid,
    doc: &Value,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update users as row
         set phone = new.phone, hospital_id = new.hospital_id, department_id = new.department_id,
             active = new.active
         from jsonb_populate_record(null::users, $2) as new
         where row.id = $1",
        id,
        doc,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// False when the version is stale.
pub(in crate::records) async fn update_user(
    tx: &mut Tx,
    id: Uuid,
    version: i64,
    doc: &Value,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update users as row
         set name_ar = new.name_ar, name_en = new.name_en,
             email_unproved = row.email_unproved and row.email = new.email,
             email = new.email, phone = new.phone,
             hospital_id = new.hospital_id, department_id = new.department_id,
             language = new.language, active = new.active, version = row.version + 1
         from jsonb_populate_record(null::users, $3) as new
         where row.id = $1 and row.version = $2 and row.deleted_at is null",
        id,
        version,
        doc,
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The level of a user's highest role; 0 for none.
pub(in crate::records) async fn level_of_user(tx: &mut Tx, id: Uuid) -> Result<i16, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select coalesce(max(role.level), 0)::smallint as "level!"
           from role_grants as given join roles as role on role.role = given.role
           where given.user_id = $1"#,
        id,
    )
    .fetch_one(tx.db())
    .await
}

/// What still needs a user.
pub(in crate::records) async fn uses_of_user(
    tx: &mut Tx,
    id: Uuid,
) -> Result<Vec<Use>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select by as "by!", count(*) as "count!"
           from (select 'department' as by from departments
                 where manager_id = $1 and deleted_at is null
                 union all
                 select 'physician' from physicians where user_id = $1 and deleted_at is null
                 union all
                 select 'employee' from employees where user_id = $1 and deleted_at is null
                 union all
                 select 'action' from actions where owner_id = $1 and status <> 'closed') as uses
           group by by order by by"#,
        id,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(rows.into_iter().map(|row| used(row.by, row.count)).collect())
}
