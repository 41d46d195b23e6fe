//! The rows of hospitals and departments.

use chrono::{DateTime, Utc};
use px360_domain::records::{Use, calendar_of, minute_of};
use serde_json::Value;
use uuid::Uuid;

use crate::records::write::used;
use crate::tx::Tx;

/// From nine in the morning to nine in the evening, until the hospital says otherwise.
const MESSAGES_FROM_MINUTE: i16 = 9 * 60;
const MESSAGES_TO_MINUTE: i16 = 21 * 60;

/// The hours of a hospital's record, as the table has them.
struct Hours {
    calendar: Value,
    messages_from: Option<i16>,
    messages_to: Option<i16>,
    ramadan_from: Option<i16>,
    ramadan_to: Option<i16>,
}

impl Hours {
    fn of(doc: &Value) -> Result<Self, sqlx::Error> {
        let calendar = doc.as_object().map(calendar_of);
        let minute = |name: &str| i16::try_from(minute_of(doc[name].as_str()?)?).ok();
        Ok(Self {
            calendar: serde_json::to_value(calendar)
                .map_err(|error| sqlx::Error::Encode(error.into()))?,
            messages_from: minute("messages_from"),
            messages_to: minute("messages_until"),
            ramadan_from: minute("ramadan_from"),
            ramadan_to: minute("ramadan_until"),
        })
    }
}

/// Keeps a new hospital: with the working week of offices, and messages by day.
pub(in crate::records) async fn insert_hospital(
    tx: &mut Tx,
    id: Uuid,
    doc: &Value,
) -> Result<(), sqlx::Error> {
    let now = tx.now();
    let hours = Hours::of(doc)?;
    sqlx::query!(
        "insert into hospitals
            (id, code, name_ar, name_en, city_ar, city_en, licence, time_zone, latitude, longitude,
             consent_required, opened_on, closed_on, active, messages_from_minute,
             messages_to_minute, calendar, is_demo, version, created_at, ramadan_from_minute,
             ramadan_to_minute, help_phone)
         select $1, new.code, new.name_ar, new.name_en, new.city_ar, new.city_en, new.licence,
                new.time_zone, new.latitude, new.longitude, new.consent_required, new.opened_on,
                new.closed_on, new.active, $3, $4, $5, false, 1, $6, $7, $8, new.help_phone
         from jsonb_populate_record(null::hospitals, $2) as new",
        id,
        doc,
        hours.messages_from.unwrap_or(MESSAGES_FROM_MINUTE),
        hours.messages_to.unwrap_or(MESSAGES_TO_MINUTE),
        hours.calendar,
        now,
        hours.ramadan_from,
        hours.ramadan_to,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// False when the version is stale.
pub(in crate::records) async fn update_hospital(
    tx: &mut Tx,
    id: Uuid,
    version: i64,
    doc: &Value,
) -> Result<bool, sqlx::Error> {
    let hours = Hours::of(doc)?;
    let done = sqlx::query!(
        "update hospitals as row
         set code = new.code, name_ar = new.name_ar, name_en = new.name_en, city_ar = new.city_ar,
             city_en = new.city_en, licence = new.licence, help_phone = new.help_phone,
             time_zone = new.time_zone, latitude = new.latitude, longitude = new.longitude,
             consent_required = new.consent_required, opened_on = new.opened_on,
             closed_on = new.closed_on, active = new.active, messages_from_minute = $4,
             messages_to_minute = $5, calendar = $6, ramadan_from_minute = $7,
             ramadan_to_minute = $8, version = row.version + 1
         from jsonb_populate_record(null::hospitals, $3) as new
         where row.id = $1 and row.version = $2 and row.deleted_at is null",
        id,
        version,
        doc,
        hours.messages_from,
        hours.messages_to,
        hours.calendar,
        hours.ramadan_from,
        hours.ramadan_to,
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What still needs a hospital.
pub(in crate::records) async fn uses_of_hospital(
    tx: &mut Tx,
    id: Uuid,
) -> Result<Vec<Use>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select by as "by!", count(*) as "count!"
           from (select 'department' as by from departments
                 where hospital_id = $1 and deleted_at is null
                 union all
                 select 'employee' from employees where hospital_id = $1 and deleted_at is null
                 union all
                 select 'user' from users where hospital_id = $1 and deleted_at is null
                 union all
                 select 'physician' from physician_affiliations as works
                 join physicians as physician on physician.id = works.physician_id
                 where works.hospital_id = $1 and physician.deleted_at is null
                 union all
                 select 'survey_poster' from survey_posters
                 where hospital_id = $1 and retired_at is null
                 union all
                 (select 'patient' from patient_mrns where hospital_id = $1 limit 1000)
                 union all
                 (select 'journey' from journeys where hospital_id = $1 limit 1000)) as uses
           group by by order by by"#,
        id,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(rows.into_iter().map(|row| used(row.by, row.count)).collect())
}

/// Keeps a new department, and from when on it stands where it stands.
pub(in crate::records) async fn insert_department(
    tx: &mut Tx,
    id: Uuid,
    doc: &Value,
) -> Result<(), sqlx::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into departments
             (id, hospital_id, code, name_ar, name_en, parent_id, manager_id, phone, location,
              opened_on, closed_on, active, version, created_at)
         select $1, new.hospital_id, new.code, new.name_ar, new.name_en, new.parent_id,
                new.manager_id, new.phone, new.location, new.opened_on, new.closed_on,
                new.active, 1, $3
         from jsonb_populate_record(null::departments, $2) as new",
        id,
        doc,
        now,
    )
    .execute(tx.db())
    .await?;
    insert_place(tx, id, now).await
}

/// From now on the department stands where its record says. A statement of its own: row-level security
/// asks for the department, and sees none that the same statement is only making.
async fn insert_place(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into department_places (department_id, hospital_id, parent_id, from_at)
         select id, hospital_id, parent_id, $2 from departments where id = $1",
        id,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// False when the version is stale. A move ends one place and begins another.
pub(in crate::records) async fn update_department(
    tx: &mut Tx,
    id: Uuid,
    version: i64,
    doc: &Value,
    moved: bool,
) -> Result<bool, sqlx::Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update departments as row
         set code = new.code, name_ar = new.name_ar, name_en = new.name_en,
             parent_id = new.parent_id, manager_id = new.manager_id, phone = new.phone,
             location = new.location, opened_on = new.opened_on, closed_on = new.closed_on,
             active = new.active, version = row.version + 1
         from jsonb_populate_record(null::departments, $3) as new
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
    if moved {
        // Two moves at one instant leave one place: the last.
        sqlx::query!(
            "delete from department_places where department_id = $1 and from_at = $2",
            id,
            now,
        )
        .execute(tx.db())
        .await?;
        sqlx::query!(
            "update department_places set until_at = $2
             where department_id = $1 and until_at is null",
            id,
            now,
        )
        .execute(tx.db())
        .await?;
        insert_place(tx, id, now).await?;
    }
    Ok(true)
}

/// What still needs a department.
pub(in crate::records) async fn uses_of_department(
    tx: &mut Tx,
    id: Uuid,
) -> Result<Vec<Use>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select by as "by!", count(*) as "count!"
           from (select 'department' as by from departments
                 where parent_id = $1 and deleted_at is null
                 union all
                 select 'employee' from employees where department_id = $1 and deleted_at is null
                 union all
                 select 'user' from users where department_id = $1 and deleted_at is null
                 union all
                 select 'role_grant' from role_grants where department_id = $1
                 union all
                 select 'physician' from physician_affiliations as works
                 join physicians as physician on physician.id = works.physician_id
                 where works.department_id = $1 and physician.deleted_at is null
                 union all
                 select 'survey_poster' from survey_posters
                 where department_id = $1 and retired_at is null
                 union all
                 (select 'stage' from stages where department_id = $1 limit 1000)
                 union all
                 (select 'action' from actions where department_id = $1 limit 1000)) as uses
           group by by order by by"#,
        id,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(rows.into_iter().map(|row| used(row.by, row.count)).collect())
}
