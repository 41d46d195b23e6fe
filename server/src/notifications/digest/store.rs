//! Who gets a digest today.

use chrono::{DateTime, NaiveDate, Utc};
use px360_domain::ids::{HospitalId, UserId};

use crate::error::Result;
use crate::tx::Reader;

/// What tells the digest of a person and a day from every other message.
pub(super) fn key(user: UserId, day: NaiveDate) -> String {
    format!("staff_digest:{user}:{day}")
}

/// Whoever wants one mail a day, or held mails back until this day, has something unread from before `until` and no digest of that day, each with the hospital of the latest
/// notice.
pub(super) async fn wanted(
    read: Reader<'_>,
    (day, until): (NaiveDate, DateTime<Utc>),
    limit: i64,
) -> Result<Vec<(UserId, HospitalId)>> {
    let rows = sqlx::query!(
        r#"select person.id as "user_id: UserId", latest.hospital_id as "hospital_id: HospitalId"
           from users as person
           join lateral (
               select hospital_id from notifications as message
               where message.user_id = person.id and message.read_at is null
                 and message.kind <> 'staff_digest' and message.created_at < $3
                 and coalesce(person.mails_of ->> message.kind, person.mails) <> 'inbox_only'
               order by message.created_at desc, message.id desc limit 1) as latest on true
           where person.active
             -- Whoever held mails back hears once, on the first morning, what they missed.
             and (person.mails = 'daily' or person.mails_of @? '$.* ? (@ == "daily")'
                  or person.mails_snoozed_until = $1)
             and (person.mails_snoozed_until is null or person.mails_snoozed_until <= $1)
             and not exists (
                 select from notifications as digest
                 where digest.dedupe_key = 'staff_digest:' || person.id || ':' || $1::date)
           order by person.id limit $2"#,
        day,
        limit,
        until,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows.into_iter().map(|row| (row.user_id, row.hospital_id)).collect())
}
