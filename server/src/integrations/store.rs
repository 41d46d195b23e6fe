//! How events are kept.

use px360_domain::FieldFault;
use px360_domain::ids::{EventId, HospitalId, SourceId};
use px360_domain::integrations::{
    CodeKind, EventEffects, EventFormat, EventReason, EventReplay, EventStatus, EventView,
    RawEventView,
};
use sqlx::types::Json;
use uuid::Uuid;

use crate::error::Result;
use crate::tx::{Reader, Tx};

/// Waits until this transaction is the only one that applies messages of these shards, which are in ascending order.
pub(super) async fn lock_shards(tx: &mut Tx, shards: &[i32]) -> Result<()> {
    // Whoever applied before there were shards kept everybody else out by the first lock. What follows is the same
    // few statements for every group, which are not to be planned anew for each.
    sqlx::query!(
        "select set_config('plan_cache_mode', 'force_generic_plan', true) as plans,
                pg_advisory_xact_lock_shared(hashtextextended('px360 process events', 0)),
                (select count(pg_advisory_xact_lock(hashtext('px360 encounters'), shard))
                 from unnest($1::integer[]) as shard)",
        shards,
    )
    .fetch_one(tx.db())
    .await?;
    Ok(())
}

/// Puts a message back into the inbox, unless it did its work already or its content is gone.
pub(super) async fn reopen(tx: &mut Tx, id: EventId) -> Result<bool> {
    let (now, by, batch) = (tx.now(), tx.ctx().user_id(), tx.ctx().new_id::<Uuid>());
    let reach = tx.reach().clone();
    let reopened = sqlx::query_scalar!(
        r#"select reopen_events(array(
               select id from inbound_events
               where id = $1 and status in ('parked', 'dead', 'ignored') and culled_at is null
                 and ($3 or hospital_id = any($4))
               for update
           ), $2, $5, $6) as "reopened!""#,
        id as _,
        now,
        reach.all,
        &reach.hospitals as _,
        by as _,
        batch,
    )
    .fetch_one(tx.db())
    .await?;
    Ok(reopened == 1)
}

/// One message and what it did.
pub(super) async fn find(
    read: Reader<'_>,
    id: EventId,
    source: Option<SourceId>,
) -> Result<Option<EventView>> {
    let reach = read.reach();
    let row = sqlx::query!(
        r#"select id as "id: EventId", source_event_id, event_code, encounter_number, occurred_at,
                  received_at, status as "status: EventStatus", reason as "reason: EventReason",
                  attempts, error, effects, format as "format: EventFormat",
                  warnings as "warnings: Json<Vec<FieldFault>>",
                  waits_for_kind as "waits_for_kind: CodeKind", waits_for_code, culled_at,
                  conflicting_payload_at,
                  coalesce((
                      select jsonb_agg(jsonb_build_object(
                                 'batch_id', batch_id, 'at', at, 'status', replay.status,
                                 'reason', replay.reason, 'error', replay.error, 'by',
                                 case when person.id is not null then jsonb_build_object(
                                     'ar', person.name_ar, 'en', person.name_en) end)
                                 order by at desc)
                      from event_replays as replay
                      left join user_names as person on person.id = replay.asked_by
                      where replay.event_id = inbound_events.id
                  ), '[]') as "replays!: Json<Vec<EventReplay>>"
           from inbound_events
           where id = $1
             -- A refused message has no hospital: its sender may look at it all the same.
             and ($2 or hospital_id = any($3) or source_id = $4)
             and ($4::uuid is null or source_id = $4)"#,
        id as _,
        reach.all,
        &reach.hospitals as _,
        source as _,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?;
    row.map(|row| {
        Ok(EventView {
            event_id: row.id,
            source_event_id: row.source_event_id,
            event_code: row.event_code,
            encounter_id: row.encounter_number,
            occurred_at: row.occurred_at,
            received_at: row.received_at,
            status: row.status,
            reason: row.reason,
            format: row.format,
            warnings: row.warnings.0,
            attempts: row.attempts,
            error: row.error,
            waits_for_kind: row.waits_for_kind,
            waits_for: row.waits_for_code,
            culled_at: row.culled_at,
            conflicting_payload_at: row.conflicting_payload_at,
            replays: row.replays.0,
            effects: if row.effects == serde_json::json!({}) {
                EventEffects::default()
            } else {
                serde_json::from_value(row.effects)?
            },
        })
    })
    .transpose()
}

/// The content of one message, and whose hospital it is of.
pub(super) async fn raw(
    tx: &mut Tx,
    id: EventId,
) -> Result<Option<(RawEventView, Option<HospitalId>)>> {
    let reach = tx.reach().clone();
    let row = sqlx::query!(
        r#"select format as "format: EventFormat", payload, culled_at is not null as "culled!",
                  hospital_id as "hospital_id: HospitalId"
           from inbound_events where id = $1 and ($2 or hospital_id = any($3))"#,
        id as _,
        reach.all,
        &reach.hospitals as _,
    )
    .fetch_optional(tx.db())
    .await?;
    Ok(row.map(|row| {
        let payload = (!row.culled).then_some(row.payload);
        (RawEventView { format: row.format, payload }, row.hospital_id)
    }))
}
