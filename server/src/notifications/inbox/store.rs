//! Messages to one person.

use chrono::{DateTime, Utc};
use px360_domain::Bilingual;
use px360_domain::ids::{ActionId, NotificationId, SourceId, UserId};
use px360_domain::notifications::{Notice, NotificationKind};
use uuid::Uuid;

use super::list::Cursor;
use crate::error::Result;
use crate::tx::{Reader, Tx};

/// Messages to this person, newest first.
pub(super) async fn list_notices(
    read: Reader<'_>,
    me: UserId,
    unread: bool,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Notice>> {
    let rows = sqlx::query!(
        r#"select message.id as "id: NotificationId", message.kind as "kind: NotificationKind",
                  message.created_at, message.read_at,
                  message.action_id as "action_id: ActionId",
                  coalesce(action.reference, source.name) as reference,
                  message.source_id as "source_id: SourceId",
                  hospital.name_ar, hospital.name_en
           from notifications as message
           join hospitals as hospital on hospital.id = message.hospital_id
           left join actions as action on action.id = message.action_id
           left join sources as source on source.id = message.source_id
           where message.user_id = $1 and message.kind <> 'staff_digest'
             and (not $2 or message.read_at is null)
             and ($3::timestamptz is null or (message.created_at, message.id) < ($3, $4::uuid))
           order by message.created_at desc, message.id desc
           limit $5"#,
        me as _,
        unread,
        after.map(|cursor| cursor.at),
        after.map(|cursor| cursor.id) as _,
        limit,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    let notices = rows.into_iter().map(|row| Notice {
        id: row.id,
        kind: row.kind,
        at: row.created_at,
        read_at: row.read_at,
        action_id: row.action_id,
        source_id: row.source_id,
        reference: row.reference,
        hospital: Bilingual { ar: row.name_ar, en: row.name_en },
    });
    Ok(notices.collect())
}

/// How many messages this person has not read.
pub(super) async fn count_unread(read: Reader<'_>, me: UserId) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from notifications
           where user_id = $1 and read_at is null and kind <> 'staff_digest'"#,
        me as _,
    )
    .fetch_one(&mut *read.db().await?)
    .await?)
}

/// Marks these of a person's messages as read, and all up to an instant; answers how many were not
/// before.
pub(super) async fn mark_read(
    tx: &mut Tx,
    me: UserId,
    ids: &[NotificationId],
    until: Option<DateTime<Utc>>,
) -> Result<u64> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let now = tx.now();
    let marked = sqlx::query!(
        "update notifications set read_at = $3
         where user_id = $1 and read_at is null and (id = any($2) or created_at <= $4)",
        me as _,
        &ids,
        now,
        until,
    )
    .execute(tx.db())
    .await?;
    Ok(marked.rows_affected())
}
