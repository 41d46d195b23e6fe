//! How the log is read, and messages put back into the inbox.

use px360_domain::ids::{EventId, SourceId};
use px360_domain::integrations::{
    EventFilter, EventFormat, EventReason, EventRow, EventStatus, ReplayEvents,
};

use uuid::Uuid;

use crate::error::Result;
use crate::tx::{Reader, Tx};

/// What a page is asked by.
pub(super) struct Asked<'a> {
    pub(super) filter: &'a EventFilter,
    pub(super) source_id: Option<SourceId>,
    pub(super) before: Option<EventId>,
    pub(super) limit: i64,
}

/// Messages within reach, newest first: our ids grow with time.
pub(super) async fn list(read: Reader<'_>, asked: &Asked<'_>) -> Result<Vec<EventRow>> {
    let reach = read.reach();
    let filter = asked.filter;
    let rows = sqlx::query_as!(
        EventRow,
        r#"select event.id as "event_id: EventId", source.name as source,
                  hospital.code as "hospital?", source_event_id, format as "format: EventFormat",
                  event_code, encounter_number as encounter_id, occurred_at, received_at,
                  status as "status: EventStatus", reason as "reason: EventReason",
                  waits_for_code as waits_for, attempts
           from inbound_events as event
           join sources as source on source.id = event.source_id
           left join hospital_names as hospital on hospital.id = event.hospital_id
           where ($1 or event.hospital_id = any($2) or event.source_id = $3)
             and ($3::uuid is null or event.source_id = $3)
             and ($4::text is null or status = $4)
             and ($5::text is null or reason = $5)
             and ($6::text is null or hospital.code = $6)
             and ($7::text is null or encounter_number = $7)
             and ($8::text is null or event_code = $8)
             and ($9::uuid is null or event.id < $9)
           order by event.id desc
           limit $10"#,
        reach.all,
        &reach.hospitals as _,
        asked.source_id as _,
        filter.status as _,
        filter.reason as _,
        filter.hospital,
        filter.encounter_id,
        filter.event_code,
        asked.before as _,
        asked.limit,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows)
}

/// Puts the messages that are meant back into the inbox; answers how many.
pub(super) async fn reopen_many(tx: &mut Tx, cmd: &ReplayEvents) -> Result<u64> {
    let (now, reach) = (tx.now(), tx.reach().clone());
    let (by, batch) = (tx.ctx().user_id(), tx.ctx().new_id::<Uuid>());
    let reopened = sqlx::query_scalar!(
        r#"select reopen_events(array(
               select id from inbound_events
               where status in ('parked', 'ignored', 'dead') and culled_at is null
                 and ($2 or hospital_id = any($3))
                 and ($4::text is null or status = $4)
                 and ($5::text is null or reason = $5)
                 and ($6::uuid is null or source_id = $6)
               for update
           ), $1, $7, $8) as "reopened!""#,
        now,
        reach.all,
        &reach.hospitals as _,
        cmd.status as _,
        cmd.reason as _,
        cmd.source_id as _,
        by as _,
        batch,
    )
    .fetch_one(tx.db())
    .await?;
    Ok(reopened.unsigned_abs())
}
